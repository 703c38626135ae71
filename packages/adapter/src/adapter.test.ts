import { failures } from '@footfall/core/failure';
import { expect, test } from 'vitest';
import { adapterFor } from './adapter.ts';

const failure = failures({ unknown_store: { status: 500, retriable: false } });
const find = (url: string) =>
  adapterFor(
    url,
    { postgres: 'P', kafka: 'K' },
    { port: 'event log', refuse: (message) => failure('unknown_store', message) },
  );

test('the scheme of a URL chooses', () => {
  expect([find('postgres://host/db'), find('kafka://one:1,two:2')]).toEqual(['P', 'K']);
});

test.each(['amqp://host', 'constructor://host', '__proto__:x', ''])(
  '%j is refused with what is known',
  (url) => {
    expect(() => find(url)).toThrow(/there is no event log for .*:\/\/; known are postgres, kafka/);
  },
);
