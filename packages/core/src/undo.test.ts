import { expect, it } from 'vitest';
import { dueBefore, goneAt, UNDO_DAYS } from './undo.ts';

it('what is to be deleted is due when it is gone, a week later', () => {
  const asked = new Date('2026-12-01T12:00:00Z');
  expect(UNDO_DAYS).toBe(7);
  expect(goneAt(asked)).toEqual(new Date('2026-12-08T12:00:00Z'));
  expect(dueBefore(goneAt(asked).getTime())).toBe(asked.getTime());
});
