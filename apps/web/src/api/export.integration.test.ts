import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET } from '#app/api/v1/sites/[id]/export/route.ts';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';
import { provideServices } from '#runtime/services.ts';
import { faults } from './openapi/conforming.fixture.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;

async function store(siteId: string, events: readonly StoredEvent[]): Promise<void> {
  await portal.others.eventStore.put(
    events.map((event, n) => ({
      event: { ...event, raw: { ...event.raw, siteId } },
      origin: `events/0/${siteId}/${event.raw.id}/${n}`,
    })),
  );
}

const VISITOR = 'AZaz09-_AZaz09-_';
const event = (id: string, time: string, raw: object = {}, derived: object = {}) =>
  storedEvent({ id, visitor: VISITOR, occurredAt: Date.parse(time), ...raw }, derived);

beforeAll(async () => {
  portal = await openPortal();
  [own, other] = [await newMerchant(portal), await newMerchant(portal)];
  await store(own.site.id, [
    event('late', '2026-01-07T22:59:59.999Z', { title: '=1+1\r\n"two"', props: { plan: 'pro' } }),
    // Tomorrow in Berlin.
    event('next', '2026-01-07T23:00:00Z', { name: 'engagement', scroll: 0, engagedMs: 1_500 }),
    event('early', '2026-01-07T10:00:00Z', {
      name: 'purchase',
      revenue: { amount: '12.30', currency: 'EUR' },
      order: 'A-1',
      items: [{ sku: 'S1', quantity: 2 }],
    }),
    event('bot', '2026-01-07T11:00:00Z', { visitor: '-Zaz09-_AZaz09-_' }, { bot: true }),
  ]);
  await store(other.site.id, [event('theirs', '2026-01-07T10:00:00Z')]);
});
afterAll(() => portal.close());

const get = (search: string, { site = own.site.domain, key = own.statsKey } = {}) =>
  GET(
    new Request(`http://portal.example/?${search}`, {
      headers: { authorization: `Bearer ${key}` },
    }),
    { params: Promise.resolve({ id: site }) },
  );

const DAY = 'from=2026-01-07&to=2026-01-07';

async function exportEvents(search: string): Promise<Record<string, unknown>[]> {
  const text = await (await get(`${search}&format=jsonl`)).text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('an export', () => {
  it('has all events of the local days, those of bots too, and of no other site', async () => {
    const ids = async (search: string) => (await exportEvents(search)).map(({ id }) => id);
    expect((await ids(DAY)).sort()).toEqual(['bot', 'early', 'late']);
    expect(await ids('from=2026-01-08&to=2026-01-31')).toEqual(['next']);
    const both = await ids('from=2026-01-01&to=2026-01-31');
    expect(both.indexOf('early')).toBeLessThan(both.indexOf('late'));
    expect(both.at(-1)).toBe('next');
  });

  it('has events as the document has them', async () => {
    const exported = await exportEvents('from=2026-01-01&to=2026-01-31');
    expect(exported).toHaveLength(4);
    expect(exported.flatMap((one) => faults('ExportedEvent', one))).toEqual([]);
    expect(exported.find(({ id }) => id === 'early')).toMatchObject({
      occurred_at: '2026-01-07T11:00:00.000+01:00',
      revenue_amount: '12.30',
      items: [{ sku: 'S1', quantity: 2 }],
    });
    expect(exported.find(({ id }) => id === 'next')).toMatchObject({ scroll: 0, engaged_ms: 1_500 });
  });

  it('is a file of CSV unless another format is asked for', async () => {
    const response = await get(DAY);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="${own.site.domain}_2026-01-07_2026-01-07.csv"`,
    );
    const text = await response.text();
    expect(text).toMatch(/^id,name,occurred_at,/);
    expect(text).toContain(`"'=1+1\r\n""two"""`);
    expect(text).toContain(',-Zaz09-_AZaz09-_,');
  });

  it('is a Parquet file when that is asked for', async () => {
    const response = await get(`${DAY}&format=parquet`);
    expect(response.headers.get('content-disposition')).toMatch(/\.parquet"$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  });

  it('of a site of another tenant is forbidden', async () => {
    expect((await get(DAY, { site: other.site.id })).status).toBe(403);
    expect((await get(DAY, { site: own.site.siteKey, key: other.statsKey })).status).toBe(403);
    // By its domain it is as unknown as one that nobody has.
    expect((await get(DAY, { key: other.statsKey })).status).toBe(404);
    expect((await get(DAY, { key: own.ingestKey })).status).toBe(403);
    expect((await get(DAY, { site: 'nowhere.example' })).status).toBe(404);
  });

  it('says what it lacks', async () => {
    const response = await get('from=2026-01-07');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_parameter', path: 'to' } });
  });

  it('from a store that does not answer is refused, to be asked again', async () => {
    const gone = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' });
    provideServices({
      ...portal,
      eventStore: { ...portal.eventStore, span: () => Promise.reject(gone) },
    });
    const response = await get(DAY);
    provideServices(portal);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
  });
});
