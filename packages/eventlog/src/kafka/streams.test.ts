import { expect, test } from 'vitest';
import { listStreams, streamsIn } from './streams.ts';

test('one region: three streams of events, one of the rejected, and one that is there once', () => {
  const streams = listStreams({ prefix: '', region: 'main', regions: ['main'] });
  expect(streams.all).toEqual(['main.hits', 'main.custom', 'main.commerce', 'main.rejected', 'touched']);
  expect(streamsIn(streams, ['events'])).toEqual(['main.hits', 'main.custom', 'main.commerce']);
  expect(streamsIn(streams, ['rejected', 'touched'])).toEqual(['main.rejected', 'touched']);
});

test('a region writes its own and reads those it was told; all of them are created', () => {
  const streams = listStreams({ prefix: 'shop.', region: 'eu', regions: ['us', 'ap'] });
  expect(streams.of({ topic: 'events' })).toBe('shop.eu.hits');
  expect(streams.of({ topic: 'events', category: 'commerce' })).toBe('shop.eu.commerce');
  expect(streams.of({ topic: 'events', category: 'custom' })).toBe('shop.eu.custom');
  expect(streams.of({ topic: 'rejected' })).toBe('shop.eu.rejected');
  expect(streams.of({ topic: 'touched' })).toBe('shop.touched');
  expect(streamsIn(streams, ['rejected'])).toEqual(['shop.us.rejected', 'shop.ap.rejected']);
  expect(streams.all).toHaveLength(13);
  for (const stream of [...streams.topicOf.keys(), streams.of({ topic: 'events' })])
    expect(streams.all).toContain(stream);
});
