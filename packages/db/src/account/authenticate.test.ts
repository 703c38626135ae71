import { hash } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { authenticate } from './user.ts';

const PASSWORD = 'correct horse battery';
const ann = { id: 'user_a', email: 'ann@shop.example', name: 'Ann', sessionEpoch: 0, staffRole: null };
const passwordHash = await hash(PASSWORD);

/** Who signs in, and how many passwords are compared: that is what takes long. */
async function attempt(email: string, password: string, stored: string | null = passwordHash) {
  const findUnique = async ({ where }: { where: { email: string } }) =>
    where.email === ann.email ? { ...ann, passwordHash: stored, emailVerifiedAt: null, locale: null } : null;
  let compared = 0;
  const user = await authenticate({ user: { findUnique } } as never, { email, password }, (work) => {
    compared += 1;
    return work();
  });
  return { id: user?.id ?? null, compared };
}

it.each([
  ['a wrong password', ann.email, 'another password', passwordHash],
  ['an address without an account', 'nobody@shop.example', PASSWORD, passwordHash],
  ['what is not an address', 'nobody', PASSWORD, passwordHash],
  ['an account without a password', ann.email, PASSWORD, null],
] as const)(
  'one password is compared for %s as for a right one, so that time says nothing',
  async (_, email, password, stored) => {
    expect(await attempt(email, password, stored)).toEqual({ id: null, compared: 1 });
  },
);

it('and the right one signs in', async () => {
  expect(await attempt(ann.email, PASSWORD)).toEqual({ id: ann.id, compared: 1 });
});
