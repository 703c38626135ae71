import '@footfall/testkit/provided-context';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCassandraStore } from './cassandra-store.ts';
import { type FreshKeyspace, freshKeyspace } from './keyspace.fixture.ts';

const DAY = 86_400_000;
const EVENT = storedEvent({});
const { siteId, visitor, occurredAt } = EVENT.raw;
const PLACE = { id: EVENT.raw.id, visitor, occurredAt };
const PUT = { event: EVENT, origin: 'events/0/1/0' };

describe('what was written while the clock was a day ahead', () => {
  let space: FreshKeyspace;
  beforeAll(async () => {
    space = await freshKeyspace();
    const ahead = openCassandraStore(space.url, { name: 'test', now: () => Date.now() + DAY });
    expect(await ahead.put([PUT])).toEqual(['stored']);
    await ahead.close();
  });
  afterAll(() => space.drop());

  const read = async () => {
    const store = openCassandraStore(space.url, { name: 'test' });
    const span = { from: occurredAt, to: occurredAt + 1 };
    const [events = []] = await store.readVisitors([{ siteId, visitor, ...span }]);
    await store.close();
    return events;
  };

  test('is written over with the right one', async () => {
    const right = openCassandraStore(space.url, { name: 'test' });
    expect(await right.put([{ ...PUT, event: { ...EVENT, logicVersion: 99 } }])).toEqual(['stored']);
    await right.close();
    expect((await read()).map(({ logicVersion }) => logicVersion)).toEqual([99]);
  });

  test('is deleted with the right one, and what is put again is there, by another process, too', async () => {
    const right = openCassandraStore(space.url, { name: 'test' });
    expect(await right.deleteEvents(siteId, [PLACE])).toBe(1);
    expect(await read()).toEqual([]);
    await right.close();
    const other = openCassandraStore(space.url, { name: 'test' });
    expect(await other.put([{ ...PUT, origin: 'events/0/2/0' }])).toEqual(['stored']);
    await other.close();
    expect(await read()).toHaveLength(1);
  });
});
