import { describe, expect, it } from 'vitest';
import { useFakeServices } from '#runtime/services.fixture.ts';
import { monthOfTenant } from './usage.ts';

let eventsPerMonth: number | null = 10_000;
let rows: { events: number }[] = [];
let asked: unknown[] = [];

useFakeServices(() => {
  asked = [];
  rows = [{ events: 42 }];
  const client = {
    query: async (statement: { name?: string; values?: unknown[] } | string) => {
      if (typeof statement === 'string' || statement.name !== 'read-usage') return { rows: [] };
      asked.push(...(statement.values ?? []));
      return { rows };
    },
    on: () => undefined,
    off: () => undefined,
    removeListener: () => undefined,
    release: () => undefined,
  };
  return { pool: { connect: async () => client }, allowanceOf: async () => ({ eventsPerMonth }) };
});

describe('the month of a tenant', () => {
  it.each([
    // Of UTC, whatever the zones of the sites: the month in which a collector counts.
    ['2026-11-30T23:59:59Z', '2026-11', '2026-11-01', '2026-12-01'],
    ['2026-12-01T00:00:00Z', '2026-12', '2026-12-01', '2027-01-01'],
    ['2028-02-29T12:00:00Z', '2028-02', '2028-02-01', '2028-03-01'],
  ])('at %s is %s', async (at, month, firstDay, nextFirstDay) => {
    eventsPerMonth = 10_000;
    expect(await monthOfTenant('tenant_a', Date.parse(at))).toEqual({
      firstDay,
      nextFirstDay,
      events: 42,
      limit: 10_000,
    });
    expect(asked).toEqual(['tenant_a', month]);
  });

  it('is not counted where the plan has no limit', async () => {
    eventsPerMonth = null;
    expect(await monthOfTenant('tenant_a')).toBeNull();
    expect(asked).toEqual([]);
  });

  it('has begun with nothing', async () => {
    eventsPerMonth = 0;
    rows = [];
    expect(await monthOfTenant('tenant_a', 0)).toMatchObject({ events: 0, limit: 0 });
  });
});
