import { afterEach, expect, test, vi } from 'vitest';
import { openChallenge, sealChallenge } from './passkey-challenge.ts';
import { sealSecondStep } from './second-step.ts';

const SECRET = 's'.repeat(40);
const asked = { challenge: 'c'.repeat(43), purpose: 'add', userId: 'user_a' } as const;

afterEach(() => vi.useRealTimers());

test.each([asked, { ...asked, purpose: 'sign_in', userId: null } as const])(
  '%j is opened as it was sealed',
  async (one) => {
    expect(await openChallenge(await sealChallenge(one, SECRET), SECRET)).toMatchObject(one);
  },
);

test('what is over, of another secret, of another use or made up is none', async () => {
  const sealed = await sealChallenge(asked, SECRET);
  expect(await openChallenge(sealed, 't'.repeat(40))).toBeNull();
  const step = await sealSecondStep(
    { userId: 'user_a', epoch: 0, next: '/', onlyTenant: null, provider: null },
    SECRET,
  );
  for (const text of [step, 'x.y.z', '', undefined]) expect(await openChallenge(text, SECRET)).toBeNull();
  vi.useFakeTimers({ now: Date.now() + 6 * 60_000 });
  expect(await openChallenge(sealed, SECRET)).toBeNull();
});

test('what was used up is remembered for longer than it can be read', async () => {
  const opened = await openChallenge(await sealChallenge(asked, SECRET), SECRET);
  expect(opened?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 5 * 60_000 + 15_000);
});
