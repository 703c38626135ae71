import { expect, it } from 'vitest';
import { createNetworkLimit } from './network-limit.ts';

const tooMany = expect.objectContaining({
  code: 'too_many_of_network',
  status: 429,
  retryAfter: expect.any(Number),
});

it('a network may ask so often, and another is not concerned', async () => {
  const limit = createNetworkLimit({ points: 3, duration: 60 });
  for (let n = 0; n < 3; n += 1) await limit('198.51.100.1');
  await expect(limit('198.51.100.1')).rejects.toThrow(tooMany);
  await limit('198.51.100.2');
});

it('addresses of one IPv6 network count together', async () => {
  const limit = createNetworkLimit({ points: 1, duration: 60 });
  await limit('2001:db8:1:2::1');
  await expect(limit('2001:db8:1:2::2')).rejects.toThrow(tooMany);
});

it.each(['', '127.0.0.1', '10.0.0.3'])('an address that many may share (%j) has no bound', async (client) => {
  const limit = createNetworkLimit({ points: 1, duration: 60 });
  for (let n = 0; n < 5; n += 1) await limit(client);
});
