import { afterEach, expect, it, vi } from 'vitest';
import { openSecondStep, sealSecondStep, secondStepCookie } from './second-step.ts';
import { openSession, sealSession } from './token.ts';

const secret = 'a-long-random-text-of-32-characters-or-more';
const STEP = {
  userId: 'user_a',
  epoch: 3,
  next: '/sites/site_a',
  onlyTenant: 'tenant_a',
  provider: 'https://id.example/',
};

afterEach(() => {
  vi.useRealTimers();
});

it('a second step comes back as it was sealed', async () => {
  expect(await openSecondStep(await sealSecondStep(STEP, secret), secret)).toEqual(STEP);
});

it('a second step is over after ten minutes', async () => {
  const sealed = await sealSecondStep(STEP, secret);
  vi.useFakeTimers({ now: Date.now() + 9 * 60_000, toFake: ['Date'] });
  expect(await openSecondStep(sealed, secret)).toEqual(STEP);
  // The library lets clocks differ by some seconds.
  vi.setSystemTime(Date.now() + 90_000);
  expect(await openSecondStep(sealed, secret)).toBeNull();
});

it('a second step opens nothing as a session, nor a session as a second step', async () => {
  expect(await openSession(await sealSecondStep(STEP, secret), secret)).toBeNull();
  const session = await sealSession({ id: 'session_a', userId: 'user_a', epoch: 3 }, secret);
  expect(await openSecondStep(session, secret)).toBeNull();
});

it.each([undefined, '', 'x', 'a.b.c.d.e'])('what is none is nothing: %j', async (sealed) => {
  expect(await openSecondStep(sealed, secret)).toBeNull();
});

it('the cookie is kept from scripts, and with TLS from other hosts', () => {
  expect(secondStepCookie('https://stats.example')).toMatchObject({
    name: '__Host-footfall-second-step',
    options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 600 },
  });
});
