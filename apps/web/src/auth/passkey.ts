import { findPasskey, notePasskeyUse, type StoredPasskey } from '@footfall/db/account/passkey';
import { findUser, type User } from '@footfall/db/account/user';
import type { Database } from '@footfall/db/prisma';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import {
  type AssertionResponse,
  type NewPasskeyResponse,
  readAssertion,
  readNewPasskey,
} from './passkey-response.ts';
import type { RelyingParty } from './relying-party.ts';

/** Whose passkeys, of which portal, and the challenge that they sign. */
type Asked = { party: RelyingParty; challenge: string; passkeys?: readonly StoredPasskey[] };

const decodeChallenge = (challenge: string) => isoBase64URL.toBuffer(challenge);

type Transport = 'ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb';
const named = (passkeys: readonly StoredPasskey[]) =>
  passkeys.map(({ id, transports }) => ({ id, transports: [...transports] as Transport[] }));

/** What a browser is asked to make a passkey of a user's from. Those that they have are not made twice. */
export function newPasskeyOptions(
  user: Pick<User, 'id' | 'email' | 'name'>,
  { party, challenge, passkeys = [] }: Asked,
) {
  return generateRegistrationOptions({
    rpName: 'Footfall',
    rpID: party.id,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: decodeChallenge(challenge),
    attestationType: 'none',
    excludeCredentials: named(passkeys),
    // A key that knows nobody by itself still does after the password.
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/**
 * What a browser is asked to sign with: any passkey that it has, or one of `passkeys`. `needsUser`: the device makes sure who holds it, by
 * a PIN, a finger or a face, so that it is both factors.
 */
export function signOptions({ party, challenge, passkeys, needsUser }: Asked & { needsUser: boolean }) {
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: decodeChallenge(challenge),
    userVerification: needsUser ? 'required' : 'discouraged',
    ...(passkeys === undefined ? {} : { allowCredentials: named(passkeys) }),
  });
}

/** Its maker's certificates are not asked for, and never looked at: their lists of revoked ones are fetched from where they say. */
function hasCertificates({ response }: NewPasskeyResponse): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get('fmt');
  if (format === 'none') return false;
  return format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined;
}

/** A passkey that a browser has made for this challenge; null when what it hands over is none. */
export async function checkNewPasskey(
  text: string,
  { party, challenge }: Asked,
): Promise<(Omit<StoredPasskey, 'userId'> & { isBackedUp: boolean }) | null> {
  const response = readNewPasskey(text);
  if (response === null) return null;
  try {
    if (hasCertificates(response)) return null;
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
    });
    if (registrationInfo === undefined) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    const { id, publicKey, counter } = credential;
    const { transports } = response.response;
    return { id, publicKey: new Uint8Array(publicKey), counter, transports, isBackedUp: credentialBackedUp };
  } catch {
    // Whatever was wrong with it, it is not a passkey for us: the library throws for each.
    return null;
  }
}

type Signed = Asked & {
  needsUser: boolean;
  /** Whose it has to be; null: whoever's it is. */
  userId: string | null;
};

/** What the passkey says of its user is right, or it says nothing. */
const belongsTo = ({ response: { userHandle } }: AssertionResponse, userId: string): boolean =>
  userHandle === undefined || isoBase64URL.fromBuffer(new TextEncoder().encode(userId)) === userHandle;

async function verify(
  response: AssertionResponse,
  { id, publicKey, counter }: StoredPasskey,
  { party, challenge, needsUser }: Signed,
): Promise<{ counter: number; isBackedUp: boolean } | null> {
  try {
    const { userHandle: _, ...said } = response.response;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...response, response: said },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id, publicKey, counter },
      requireUserVerification: needsUser,
    });
    const { newCounter, credentialBackedUp } = authenticationInfo;
    return verified ? { counter: newCounter, isBackedUp: credentialBackedUp } : null;
  } catch {
    // As above; a count that does not grow is among it: somebody has a copy of the key.
    return null;
  }
}

/** Who has signed a challenge with their passkey; null when nobody has. `user` of what is refused: whose passkey it claims to be. */
export async function checkAssertion(
  text: string,
  database: Database,
  signed: Signed,
): Promise<{ user: User } | { refused: User | null }> {
  const response = readAssertion(text);
  const passkey = response && (await findPasskey(database, response.id));
  const user = passkey && (await findUser(database, passkey.userId));
  if (response === null || passkey === null || user === null) return { refused: null };
  const { userId } = signed;
  if ((userId !== null && userId !== user.id) || !belongsTo(response, user.id)) return { refused: user };
  const use = await verify(response, passkey, signed);
  return use !== null && (await notePasskeyUse(database, passkey, use)) ? { user } : { refused: user };
}
