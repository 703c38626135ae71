import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { RuntimeSettings } from '../runtime-settings.ts';
import {
  changeFlag,
  changeNotice,
  changeSignUp,
  listPlatformAudit,
  readPlatformSettings,
} from './settings.ts';

const NOW = Date.parse('2026-11-03T10:00:00Z');
const HOUR = 3_600_000;
const actor = { id: 'user_op', address: '192.0.2.77' };
const reason = 'The launch is over';

let plane: ControlPlane;
let staff: Pool;
let tenantId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  staff = plane.as('operator').pool;
  tenantId = (await plane.newTenant()).tenantId;
});
beforeEach(async () => {
  for (const table of ['platform_setting', 'flag_override', 'platform_audit'])
    await plane.pool.query(`DELETE FROM ${table}`);
});
afterAll(() => plane.drop());

/** The settings as a page of the portal reads them, anew each time. */
const portal = () =>
  new RuntimeSettings(plane.as('web').pool, {
    knownMs: 0,
    onError: (error) => {
      throw error;
    },
  });

const acts = async () =>
  (await listPlatformAudit(staff, null)).rows.map(({ action, subject, aboutTenant, address }) => [
    action,
    subject,
    aboutTenant,
    address,
  ]);

test('who may sign up is as was said last, and as the variable says when that is taken back', async () => {
  const settings = portal();
  expect(await settings.signUp()).toBeNull();
  await changeSignUp(staff, { mode: 'closed', reason, actor });
  await changeSignUp(staff, { mode: 'invited', reason, actor });
  expect(await settings.signUp()).toBe('invited');
  expect((await readPlatformSettings(staff)).signUp).toBe('invited');
  await changeSignUp(staff, { mode: null, reason, actor });
  expect(await settings.signUp()).toBeNull();
  expect(await acts()).toEqual(
    Array.from({ length: 3 }, () => ['setting.change', 'sign_up', null, '192.0.2.0']),
  );
});

test('what is set by hand to something unknown counts as not set', async () => {
  await plane.pool.query(
    `INSERT INTO platform_setting VALUES ('sign_up', '"ajar"', 'x'), ('notice', '{"en": 1}', 'x')`,
  );
  expect(await portal().signUp()).toBeNull();
  expect(await portal().notice(NOW)).toBeNull();
});

test('a notice is told in both languages until its time', async () => {
  const notice = { en: 'We move tonight', de: 'Wir ziehen heute um', until: NOW + HOUR };
  await changeNotice(staff, { notice, actor, now: NOW });
  expect(await portal().notice(NOW)).toEqual(notice);
  expect(await portal().notice(NOW + HOUR)).toBeNull();
  await changeNotice(staff, { notice: null, actor, now: NOW });
  expect(await portal().notice(NOW)).toBeNull();
});

test.each([{ until: NOW }, { until: Number.NaN }, { until: NOW + 91 * 24 * HOUR }])(
  'a notice until %j is none, and nothing is written',
  async ({ until }) => {
    const change = async () => changeNotice(staff, { notice: { en: 'a', de: 'b', until }, actor, now: NOW });
    await expect(change()).rejects.toMatchObject({ code: 'invalid_notice' });
    expect(await acts()).toEqual([]);
  },
);

test('a flag is switched for a tenant and for all, with a reason, and left to its default again', async () => {
  const settings = portal();
  const isOn = async () => [
    await settings.isOn('rawExport', tenantId),
    await settings.isOn('rawExport', 'tenant_other'),
  ];
  const change = (forTenant: string, on: boolean | null) =>
    changeFlag(staff, { flag: 'rawExport', forTenant, isOn: on, reason, actor });
  expect(await isOn()).toEqual([true, true]);
  await change('', false);
  expect(await isOn()).toEqual([false, false]);
  await change(tenantId, true);
  expect(await isOn()).toEqual([true, false]);
  expect((await readPlatformSettings(staff)).flags).toMatchObject([
    { forTenant: '', isOn: false, reason },
    { forTenant: tenantId, isOn: true },
  ]);
  await change('', null);
  await change(tenantId, null);
  expect(await isOn()).toEqual([true, true]);
  expect((await acts()).map(([, , about]) => about)).toEqual([tenantId, null, tenantId, null]);
});

test.each([
  [{ flag: 'constructor' }, 'unknown_flag'],
  [{ reason: 'so' }, 'invalid_reason'],
  [{ forTenant: 'tenant_none' }, 'unknown_tenant'],
])('a flag is not switched by %j', async (over, code) => {
  const change = { flag: 'rawExport', forTenant: '', isOn: false, reason, actor, ...over };
  await expect(changeFlag(staff, change)).rejects.toMatchObject({ code });
  expect((await readPlatformSettings(staff)).flags).toEqual([]);
  expect(await acts()).toEqual([]);
});

test('while the database is away, what was known holds, and it is said once a question', async () => {
  const failures: unknown[] = [];
  let isAway = false;
  const web = plane.as('web').pool;
  const pool = {
    query: (...asked: Parameters<Pool['query']>) =>
      isAway ? Promise.reject(new Error('away')) : web.query(...asked),
  };
  const settings = new RuntimeSettings(pool as never, {
    knownMs: 0,
    onError: (error) => failures.push(error),
  });
  await changeSignUp(staff, { mode: 'closed', reason, actor });
  expect(await settings.signUp()).toBe('closed');
  isAway = true;
  expect(await Promise.all([settings.signUp(), settings.signUp()])).toEqual(['closed', 'closed']);
  expect(failures).toHaveLength(1);
});

test('the portal’s pages of merchants change none of it', async () => {
  const { pool } = plane.as('web');
  for (const table of ['platform_setting', 'flag_override'])
    await expect(pool.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
});
