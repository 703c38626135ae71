import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import {
  beginEventImport,
  countImportedEvents,
  endEventImport,
  findEventImport,
  forgetEventImport,
  listEventImports,
} from './event-import.ts';

let plane: ControlPlane;
let tenantId: string;
let siteId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  tenantId = (await plane.newTenant()).tenantId;
  siteId = (await inTenant(plane.db, tenantId).sites.create({ domain: 'shop.example', actor: 'cli' })).id;
});
afterAll(() => plane.drop());

test('an import that was cut off has all who sent it; one that is whole is not gone on with', async () => {
  const { pool } = plane;
  const id = await beginEventImport(pool, { siteId, sender: 'key_1', goesOn: null });
  await countImportedEvents(pool, id, 2_000);
  expect(await beginEventImport(pool, { siteId, sender: 'key_2', goesOn: id })).toBe(id);
  await countImportedEvents(pool, id, 5);
  expect(await listEventImports(pool, siteId)).toMatchObject([{ id, events: 2_005, endedAt: null }]);
  expect(await endEventImport(pool, { id, formats: ['csv'] })).toBe(id);
  expect(await listEventImports(pool, siteId)).toMatchObject([
    { formats: ['csv'], endedAt: expect.any(Date) },
  ]);
  expect(await findEventImport(pool, id)).toEqual({ siteId, tenantId, senders: ['key_1', 'key_2'] });

  const next = await beginEventImport(pool, { siteId, sender: 'key_3', goesOn: id });
  expect(next).not.toBe(id);
  expect(await endEventImport(pool, { id: next, formats: ['csv'] })).toBeNull();
  await forgetEventImport(pool, id);
  expect(await listEventImports(pool, siteId)).toEqual([]);
  expect(await findEventImport(pool, id)).toBeNull();
});

test('an import of another site is not gone on with', async () => {
  const { pool } = plane;
  const other = await inTenant(plane.db, tenantId).sites.create({ domain: 'b.example', actor: 'cli' });
  const id = await beginEventImport(pool, { siteId: other.id, sender: 'key_1', goesOn: null });
  expect(await beginEventImport(pool, { siteId, sender: 'key_2', goesOn: id })).not.toBe(id);
});
