import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { tenantRows } from '../tenant/transaction.ts';
import { addReportLimit, type DayLimit, readReportLimits, replaceDayLimits } from './report-limit.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

const values = (day: string, count: number): DayLimit => ({
  day,
  kind: 'values',
  dimension: 'event:page',
  count,
});

test('what is true of a day replaces what was; other days and the time of sealing stay; another tenant sees none of it', async () => {
  const { tenantId } = await plane.newTenant();
  const { id } = await inTenant(plane.db, tenantId).sites.create({ domain: 'kiln.example', actor: 'cli' });
  const { pool } = plane.as('aggregator');
  await replaceDayLimits(pool, id, {
    days: ['2026-05-01', '2026-05-02'],
    limits: [values('2026-05-01', 5), values('2026-05-02', 7)],
  });
  const visitors: DayLimit = { day: '2026-05-01', kind: 'visitor_days', dimension: '', count: 1 };
  await addReportLimit(pool, id, visitors);
  await addReportLimit(pool, id, { ...visitors, kind: 'sealing', count: 700 });
  await addReportLimit(pool, id, { ...visitors, kind: 'sealing', count: 650 });
  await replaceDayLimits(pool, id, { days: ['2026-05-01'], limits: [values('2026-05-01', 9)] });
  const web = plane.as('web').pool;
  const read = (tenant: string, from = '2026-01-01', most = 10) =>
    readReportLimits(tenantRows(web, tenant), id, { from, most });
  const sealing = { day: '2026-05-01', kind: 'sealing', dimension: '', count: 700 };
  expect(await read(tenantId)).toEqual([values('2026-05-02', 7), sealing, values('2026-05-01', 9)]);
  expect(await read(tenantId, '2026-05-02')).toEqual([values('2026-05-02', 7)]);
  expect(await read(tenantId, '2026-01-01', 1)).toEqual([values('2026-05-02', 7)]);
  expect(await read((await plane.newTenant()).tenantId)).toEqual([]);
});

test('a site that is gone gets no notes, and says nothing of it', async () => {
  const { pool } = plane.as('aggregator');
  await replaceDayLimits(pool, 'site_gone', { days: ['2026-05-01'], limits: [values('2026-05-01', 5)] });
  await addReportLimit(pool, 'site_gone', values('2026-05-01', 5));
  const { rows } = await plane.pool.query(`SELECT 1 FROM report_limit WHERE site_id = 'site_gone'`);
  expect(rows).toEqual([]);
});
