import { expect, it } from 'vitest';
import { createRefusedKeys } from './refused-keys.ts';

const CLIENT = '198.51.100.1';
const tooMany = expect.objectContaining({
  code: 'too_many_of_network',
  status: 429,
  retryAfter: expect.any(Number),
});

const refuseTwice = async (client = CLIENT) => {
  const keys = createRefusedKeys({ points: 2, duration: 60 });
  for (let n = 0; n < 2; n += 1) {
    await keys.admit(client, `unknown ${n}`);
    await keys.refuse(client);
  }
  return keys;
};

it('a network that presented too many unknown keys presents no more, and another is not concerned', async () => {
  const keys = await refuseTwice();
  await expect(keys.admit(CLIENT, 'unknown')).rejects.toThrow(tooMany);
  await keys.admit('198.51.100.2', 'unknown');
});

it('a key that was good lately is let in from such a network', async () => {
  const keys = await refuseTwice();
  keys.accept('good');
  await keys.admit(CLIENT, 'good');
  await expect(keys.admit(CLIENT, 'better')).rejects.toThrow(tooMany);
});

it('keys that are good do not count', async () => {
  const keys = createRefusedKeys({ points: 1, duration: 60 });
  for (let n = 0; n < 5; n += 1) {
    await keys.admit(CLIENT, `good ${n}`);
    keys.accept(`good ${n}`);
  }
  await keys.admit(CLIENT, 'unknown');
});

it.each(['', '127.0.0.1', '10.0.0.3'])('an address that many may share (%j) has no bound', async (client) => {
  const keys = await refuseTwice(client);
  await keys.admit(client, 'unknown');
});
