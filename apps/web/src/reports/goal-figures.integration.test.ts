import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { readFunnel, readGoalFigures } from './goal-figures.ts';
import { namedSegment } from './segment.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;

let events = 0;
/** An event of today, minutes ago. */
function event(visitor: string, path: string, more: object = {}): StoredEvent {
  events += 1;
  const occurredAt = Date.now() - 60_000 + events * 1_000;
  return storedEvent({ id: `e${events}`, visitor, occurredAt, url: `https://shop.example${path}`, ...more });
}

const bought = (amount: string) => ({
  name: 'purchase',
  props: { plan: 'pro' },
  revenue: { amount, currency: 'EUR' },
});

beforeAll(async () => {
  portal = await openPortal();
  own = await newMerchant(portal, 'Etc/UTC');
  other = await newMerchant(portal, 'Etc/UTC');
  await report(portal, own.site, [
    event('ann', '/p/mug'),
    event('ann', '/thanks', bought('12.50')),
    event('ben', '/p/mug'),
    event('ben', '/cart', { name: 'add_to_cart' }),
  ]);
});
afterAll(() => portal.close());

describe('the page of goals', () => {
  it('says what reached each goal, with its properties, and what was seen', async () => {
    const create = (name: string, props: Record<string, string>) =>
      own.tenant.goals.create({ siteId: own.site.id, name, event: 'purchase', props, actor: own.userId });
    await create('Pro', { plan: 'pro' });
    await create('Free', { plan: 'free' });
    const { goals, seen } = await readGoalFigures(own.site, own.userId);
    expect(goals.get('Pro')).toEqual({ visitors: 1, events: 1, revenue: '12.50' });
    expect(goals.get('Free')?.events ?? 0).toBe(0);
    expect(seen.events.map(({ text, count }) => [text, count])).toEqual([
      ['add_to_cart', 1],
      ['purchase', 1],
    ]);
    expect(seen.pages).toEqual([{ text: '/p/mug', count: 2 }]);
  });

  it('says of a funnel how far visitors came, and nothing once a goal of it is gone', async () => {
    const { id: siteId } = own.site;
    const goal = await own.tenant.goals.create({
      siteId,
      name: 'Bought',
      event: 'purchase',
      actor: own.userId,
    });
    const steps = [{ page: '/p/*' }, { goal: goal.id }];
    const funnel = await own.tenant.funnels.create({ siteId, name: 'F', steps, actor: own.userId });
    const rows = await readFunnel(own.site, own.userId, funnel);
    expect(rows?.map(({ visitors, conversion_rate }) => [visitors, conversion_rate])).toEqual([
      [2, 100],
      [1, 50],
    ]);
    await own.tenant.goals.remove(goal.id, own.userId);
    expect(await readFunnel(own.site, own.userId, funnel)).toBeNull();
  });

  it('finds a segment of the site alone, whatever the address says', async () => {
    const { id } = await own.tenant.segments.create({
      siteId: own.site.id,
      name: 'Near',
      filters: [['is', 'visit:country', ['DE']]],
      actor: own.userId,
    });
    const named = (site: typeof own.site, text: string) =>
      namedSegment(site, new URLSearchParams({ segment: text }));
    expect((await named(own.site, id))?.name).toBe('Near');
    expect(await named(other.site, id)).toBeNull();
    expect(await named(own.site, 'none')).toBeNull();
    expect(await namedSegment(own.site, new URLSearchParams())).toBeNull();
  });
});
