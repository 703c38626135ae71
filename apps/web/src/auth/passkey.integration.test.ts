import { addPasskey } from '@footfall/db/account/passkey';
import { newSecretToken } from '@footfall/db/account/secret-token';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Authenticator, newAuthenticator } from './authenticator.fixture.ts';
import { checkAssertion, checkNewPasskey } from './passkey.ts';

const party = { id: 'stats.kiln.example', origin: 'https://stats.kiln.example' };
const challenge = newSecretToken();

let plane: ControlPlane;
let userId = '';
let key: Authenticator;
beforeAll(async () => {
  plane = await freshControlPlane();
});
beforeEach(async () => {
  ({ userId } = await plane.newTenant());
  key = newAuthenticator(party);
});
afterAll(() => plane.drop());

async function add(): Promise<void> {
  const passkey = await checkNewPasskey(key.make(challenge), { party, challenge });
  if (passkey === null) throw new Error('it was refused');
  await addPasskey(plane.db, { ...passkey, userId, name: 'Key' });
}

type Wanted = { needsUser?: boolean; whose?: string | null };

/** Whose key has signed; null when it was refused. */
async function present(response: string, { needsUser = true, whose = null }: Wanted = {}) {
  const result = await checkAssertion(response, plane.db, { party, challenge, needsUser, userId: whose });
  return 'user' in result ? result.user.id : null;
}

describe('a new passkey', () => {
  it('is taken as a browser makes it, with the ways to it that are known', async () => {
    expect(await checkNewPasskey(key.make(challenge), { party, challenge })).toMatchObject({
      id: key.id,
      counter: 0,
      transports: ['internal'],
      isBackedUp: false,
    });
  });

  it('may be of a key that does not ask who holds it', async () => {
    const made = key.make(challenge, { isVerified: false });
    expect(await checkNewPasskey(made, { party, challenge })).toMatchObject({ id: key.id });
  });

  const certificates = new Map<string, unknown>([
    ['alg', -7],
    ['sig', new Uint8Array(70)],
    ['x5c', [new Uint8Array(100)]],
  ]);
  it.each([
    ['another challenge', { at: newSecretToken() }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'https://stats.kiln.example:8443' }],
    ['another domain', { rpId: 'kiln.example' }],
    ['what was signed, not made', { type: 'webauthn.get' }],
    ['nobody present', { isPresent: false }],
    // Nobody looks at them, so that no list of revoked ones is fetched from where they say.
    ['certificates', { attestation: { fmt: 'packed', attStmt: certificates } }],
    ['an old key’s certificates', { attestation: { fmt: 'fido-u2f', attStmt: certificates } }],
  ])('is refused with %s', async (_, { at = challenge, ...said }: { at?: string } & object) => {
    expect(await checkNewPasskey(key.make(at, said), { party, challenge })).toBeNull();
  });

  it.each(['', '{}', '[]', 'null', '{"id":1}', '{"id":"a","rawId":"a","type":"public-key"}', '"\u0000"'])(
    'is refused as %j',
    async (text) => {
      expect(await checkNewPasskey(text, { party, challenge })).toBeNull();
      expect(await present(text)).toBeNull();
    },
  );

  it('is refused when its bytes are none of CBOR', async () => {
    const made = JSON.parse(key.make(challenge)) as { response: { attestationObject: string } };
    for (const attestationObject of ['', 'AAAA', 'n'.repeat(5_000)]) {
      const response = { ...made.response, attestationObject };
      expect(await checkNewPasskey(JSON.stringify({ ...made, response }), { party, challenge })).toBeNull();
    }
  });
});

describe('what a passkey has signed', () => {
  beforeEach(add);

  it('says who it is', async () => {
    expect(await present(key.sign(challenge))).toBe(userId);
    expect(await present(key.sign(challenge, { userId }), { whose: userId })).toBe(userId);
  });

  it.each([
    ['another challenge', { at: newSecretToken() }],
    ['another site', { origin: 'https://evil.example' }],
    ['another domain', { rpId: 'kiln.example' }],
    ['what was made, not signed', { type: 'webauthn.create' }],
    ['nobody present', { isPresent: false }],
    ['nobody verified', { isVerified: false }],
    ['another user', { userId: 'user_other' }],
    ['a count that does not grow', { counter: 0 }],
  ])('is refused with %s', async (_, { at = challenge, ...said }: { at?: string } & object) => {
    await present(key.sign(challenge));
    expect(await present(key.sign(at, said))).toBeNull();
    expect(await present(key.sign(challenge))).toBe(userId);
  });

  it('does as a second factor where nobody was verified', async () => {
    expect(await present(key.sign(challenge, { isVerified: false }), { needsUser: false })).toBe(userId);
  });

  it('is refused when it was changed', async () => {
    const response = key.sign(challenge);
    const other = newAuthenticator(party).sign(challenge);
    const { signature } = (JSON.parse(other) as { response: { signature: string } }).response;
    const forged = response.replace(/"signature":"[^"]*"/, `"signature":"${signature}"`);
    expect(await present(forged)).toBeNull();
  });

  it('is another’s after the password of somebody else', async () => {
    const { userId: whose } = await plane.newTenant();
    expect(await present(key.sign(challenge), { whose })).toBeNull();
  });

  it('is taken once: of a copy of the key, that says the same count, one alone', async () => {
    const response = key.sign(challenge);
    const answers = await Promise.all([present(response), present(response), present(response)]);
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  it('is refused of a key that nobody has added', async () => {
    expect(await present(newAuthenticator(party).sign(challenge))).toBeNull();
  });
});
