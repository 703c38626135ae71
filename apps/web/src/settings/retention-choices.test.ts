import { expect, test } from 'vitest';
import { retentionChoices } from './retention-choices.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');

test('a site may keep its events as its plan allows, and each choice says where history begins', () => {
  const site = { retentionDays: 3_650, retentionMonths: null };
  expect(retentionChoices(site, { most: 5, now: NOW })).toEqual([
    { months: 1, firstDay: '2026-11-01' },
    { months: 2, firstDay: '2026-10-01' },
    { months: 3, firstDay: '2026-09-01' },
    { months: 5, firstDay: '2026-07-01' },
    { months: null, firstDay: '2016-12-01' },
  ]);
});

test('what holds now is among the choices, also where the plan has become smaller', () => {
  const site = { retentionDays: 3_650, retentionMonths: 17 };
  expect(retentionChoices(site, { most: 2, now: NOW }).map(({ months }) => months)).toEqual([1, 2, 17, null]);
  expect(retentionChoices(site, { most: 600, now: NOW }).map(({ months }) => months)).toContain(17);
});
