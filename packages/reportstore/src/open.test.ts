import { expect, test } from 'vitest';
import { openReportStore, prepareReportStore } from './open.ts';

test('a scheme without an adapter is refused by name, with those there are', async () => {
  const refusal = expect.objectContaining({
    code: 'unknown_report_store',
    message: expect.stringMatching(/mysql:\/\/.*postgres, postgresql/),
  });
  expect(() => openReportStore('mysql://user:secret@host/db', { name: 'test', filesDir: 'facts' })).toThrow(
    refusal,
  );
  await expect(prepareReportStore('mysql://user:secret@host/db')).rejects.toEqual(refusal);
});

test('what is not a URL is refused without showing it whole', () => {
  expect(() => openReportStore('constructor://x', { name: 'test', filesDir: 'facts' })).toThrow(
    /constructor/,
  );
  expect(() => openReportStore('', { name: 'test', filesDir: 'facts' })).toThrow(/no report store/);
});
