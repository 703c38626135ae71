import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionStore } from '../account/session.ts';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { inTenant } from './scope.ts';

const ACTOR = 'user_a';
const SETTINGS = {
  issuer: 'https://id.example',
  clientId: 'footfall',
  role: 'viewer',
  sites: 'all',
  isRequired: false,
} as const;

let plane: ControlPlane;
let db: Database;
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
});
afterAll(() => plane.drop());

/** A team with a provider of its own, and sessions of one person: by that provider, by another team's, by password. */
async function signedIn() {
  const [{ tenantId, userId }, other] = [await plane.newTenant(), await plane.newTenant()];
  const { signOn } = inTenant(db, tenantId);
  const save = (issuer: string) =>
    signOn.save({
      settings: { ...SETTINGS, issuer },
      clientSecret: 'secret',
      secret: 'of the installation',
      actor: ACTOR,
      actorRole: 'owner',
    });
  await save(SETTINGS.issuer);
  const sessions = sessionStore(db, { afterMs: 3_600_000, idleMs: 3_600_000 });
  const ids = [
    await sessions.begin(userId, { onlyTenant: tenantId }),
    await sessions.begin(userId, { onlyTenant: other.tenantId }),
    await sessions.begin(userId),
  ];
  const open = () => Promise.all(ids.map(async (id) => (await sessions.find(id)) !== null));
  expect(await open()).toEqual([true, true, true]);
  const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return { signOn, save, open, domain: email.split('@')[1] ?? '' };
}

const ENDED = [false, true, true];
const KEPT = [true, true, true];

describe('a session that a team’s provider has begun', () => {
  it('ends when the team takes the provider away', async () => {
    const { signOn, open } = await signedIn();
    await signOn.remove(ACTOR);
    expect(await open()).toEqual(ENDED);
  });

  it('ends when another issuer takes its place, and not by any other change', async () => {
    const { save, open } = await signedIn();
    await save(SETTINGS.issuer);
    expect(await open()).toEqual(KEPT);
    await save('https://id.other.example');
    expect(await open()).toEqual(ENDED);
  });

  it('ends when its domain is taken away, and not with another', async () => {
    const { signOn, open, domain } = await signedIn();
    await signOn.addDomain(domain, ACTOR);
    await signOn.addDomain(`other.${domain}`, ACTOR);
    await signOn.removeDomain(`other.${domain}`, ACTOR);
    expect(await open()).toEqual(KEPT);
    await signOn.removeDomain(domain, ACTOR);
    expect(await open()).toEqual(ENDED);
  });
});
