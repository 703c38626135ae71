import type { OpenSession } from '@footfall/db/account/session';
import { expect, it, vi } from 'vitest';
import { cachedSessions } from './cached-sessions.ts';

const ONE = { userId: 'user_a', tenantId: null, onlyTenant: null, provenAt: 0, visit: null };

function fakeStore() {
  const users = new Map<string, OpenSession>([['one', ONE]]);
  return {
    begin: vi.fn(async () => 'two'),
    list: vi.fn(async () => []),
    find: vi.fn(async (id: string) => users.get(id) ?? null),
    chooseTenant: vi.fn(async (id: string, tenantId: string) => void users.set(id, { ...ONE, tenantId })),
    visit: vi.fn(async (id: string, visit: OpenSession['visit']) => void users.set(id, { ...ONE, visit })),
    prove: vi.fn(async (id: string) => void users.set(id, { ...ONE, provenAt: 7 })),
    endListed: vi.fn(async () => users.delete('one')),
    end: vi.fn(async (id: string) => void users.delete(id)),
    endOthers: vi.fn(async () => users.clear()),
  };
}

it('a session is asked for once in seconds, and one that is not there each time', async () => {
  const store = fakeStore();
  const sessions = cachedSessions(store);
  for (let index = 0; index < 3; index += 1) expect(await sessions.find('one')).toEqual(ONE);
  expect(store.find).toHaveBeenCalledTimes(1);
  for (let index = 0; index < 3; index += 1) expect(await sessions.find('none')).toBeNull();
  expect(store.find).toHaveBeenCalledTimes(4);
});

it('one that ends here has ended here at once', async () => {
  const store = fakeStore();
  const sessions = cachedSessions(store);
  await sessions.find('one');
  await sessions.end('one');
  expect(await sessions.find('one')).toBeNull();
});

it('all of a user end at once, too', async () => {
  const sessions = cachedSessions(fakeStore());
  await sessions.find('one');
  await sessions.endOthers('user_a', null);
  expect(await sessions.find('one')).toBeNull();
});

it('one that ended elsewhere has ended here after that time', async () => {
  const store = fakeStore();
  const sessions = cachedSessions(store, 20);
  await sessions.find('one');
  await store.end('one');
  await expect.poll(() => sessions.find('one')).toBeNull();
});

it('what changes in one here is so at once', async () => {
  const sessions = cachedSessions(fakeStore());
  await sessions.find('one');
  await sessions.chooseTenant('one', 'tenant_b');
  expect(await sessions.find('one')).toEqual({ ...ONE, tenantId: 'tenant_b' });
  await sessions.prove('one');
  expect(await sessions.find('one')).toEqual({ ...ONE, provenAt: 7 });
  await sessions.endListed('user_a', 'key');
  expect(await sessions.find('one')).toBeNull();
});
