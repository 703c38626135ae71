import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import {
  addPasskey,
  findPasskey,
  listPasskeys,
  MOST_PASSKEYS,
  notePasskeyUse,
  removePasskey,
} from './passkey.ts';
import {
  beginTotp,
  confirmTotp,
  findSecondFactor,
  hasSecondFactor,
  removeTotp,
  takeCode,
} from './second-factor.ts';
import { codeAt } from './totp.fixture.ts';
import { useUpChallenge } from './used-challenge.ts';

const secret = 'a-long-random-text-of-32-characters-or-more';

let plane: ControlPlane;
let db: Database;
let userId = '';
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
});
beforeEach(async () => {
  ({ userId } = await plane.newTenant());
});
afterAll(() => plane.drop());

let made = 0;
const newPasskey = (name = 'Key') => {
  made += 1;
  const publicKey = new Uint8Array([made]);
  return { id: `key${made}`, userId, name, publicKey, counter: 0, transports: ['usb'], isBackedUp: false };
};
const add = (passkey = newPasskey()) => addPasskey(db, passkey);

async function addApp(): Promise<void> {
  const now = Date.now();
  const app = (await beginTotp(db, { userId, secret })) ?? '';
  await confirmTotp(db, { userId, secret, code: codeAt(app, now), now });
}

const refusal = (code: string) => expect.objectContaining({ code });

describe('a passkey', () => {
  it('is a second factor, and the first comes with recovery codes, however many are added at once', async () => {
    const answers = await Promise.all([add(), add(), add()]);
    const codes = answers.flatMap((answer) => answer ?? []);
    expect(codes).toHaveLength(10);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: false, recoveryCodesLeft: 10 });
    expect(await takeCode(db, { userId, secret, code: codes[0] ?? '' })).toBe(true);
  });

  it('beside an app leaves the recovery codes as they are', async () => {
    await addApp();
    expect(await add()).toBeNull();
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: true, recoveryCodesLeft: 10 });
  });

  it('that is removed ends the recovery codes when it was the last factor, and not before', async () => {
    const [first, second] = [newPasskey('Phone'), newPasskey()];
    await add(first);
    await add(second);
    expect(await removePasskey(db, { userId, id: first.id })).toBe('Phone');
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: false, recoveryCodesLeft: 10 });
    await addApp();
    await removeTotp(db, userId);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: false, recoveryCodesLeft: 10 });
    await removePasskey(db, { userId, id: second.id });
    expect([await hasSecondFactor(db, userId), await db.recoveryCode.count({ where: { userId } })]).toEqual([
      false,
      0,
    ]);
  });

  it('is removed by its owner alone', async () => {
    const passkey = newPasskey();
    await add(passkey);
    const { userId: other } = await plane.newTenant();
    expect(await removePasskey(db, { userId: other, id: passkey.id })).toBeNull();
    expect(await findPasskey(db, passkey.id)).toMatchObject({ userId, transports: ['usb'] });
  });

  it('is added once, whoever has it', async () => {
    const passkey = newPasskey();
    await add(passkey);
    await expect(add(passkey)).rejects.toEqual(refusal('passkey_there'));
    ({ userId } = await plane.newTenant());
    await expect(add({ ...passkey, userId })).rejects.toEqual(refusal('passkey_there'));
  });

  it.each(['', ' ', 'x'.repeat(61), 'a\nb'])('is not called %j', async (name) => {
    await expect(add(newPasskey(name))).rejects.toEqual(refusal('invalid_name'));
  });

  it('is one of a bounded number, however many are added at once', async () => {
    for (let count = 1; count < MOST_PASSKEYS; count += 1) await add();
    const answers = await Promise.allSettled([add(), add(), add()]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listPasskeys(db, userId)).toHaveLength(MOST_PASSKEYS);
  });

  it('notes its use, once for the count that was read before', async () => {
    const passkey = newPasskey();
    await add(passkey);
    const note = () => notePasskeyUse(db, passkey, { counter: 1, isBackedUp: true });
    expect((await Promise.all([note(), note()])).filter(Boolean)).toHaveLength(1);
    expect(await listPasskeys(db, userId)).toMatchObject([{ lastUsedAt: expect.any(Date) }]);
  });
});

describe('a challenge', () => {
  it('is used up once, of many at once by one alone', async () => {
    const challenge = { challenge: 'x'.repeat(43), expiresAt: new Date(Date.now() + 60_000) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => useUpChallenge(db, challenge)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await useUpChallenge(db, challenge)).toBe(false);
  });
});
