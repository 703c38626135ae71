import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { RelyingParty } from './relying-party.ts';

/** What a browser and a key say otherwise than they should. */
type Said = {
  origin?: string;
  rpId?: string;
  type?: string;
  counter?: number;
  isPresent?: boolean;
  isVerified?: boolean;
  userId?: string;
  /** The format of the attestation, and what is in it. */
  attestation?: { fmt: string; attStmt: Map<string, unknown> };
};

/** A key of the tests' own, in software: it does what a browser and an authenticator do together. */
export type Authenticator = {
  id: string;
  /** What it answers when it makes a passkey, as JSON. */
  make(challenge: string, said?: Said): string;
  /** What it answers when it signs, as JSON. */
  sign(challenge: string, said?: Said): string;
};

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

/** The public key as COSE writes one on P-256 (RFC 9053). */
function coseKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const coordinate = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, coordinate(x)],
      [-3, coordinate(y)],
    ]) as never,
  );
}

const FLAGS = { present: 1, verified: 4, attested: 64 };

/** A new key for a portal, which has no user yet. */
export function newAuthenticator(party: RelyingParty): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(32);
  const id = base64url(credential);
  let signed = 0;
  const clientData = (type: string, challenge: string, { origin = party.origin, ...said }: Said) =>
    Buffer.from(JSON.stringify({ type: said.type ?? type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (extra: Buffer, said: Said) => {
    const { rpId = party.id, isPresent = true, isVerified = true, counter = signed } = said;
    const flags =
      (isPresent ? FLAGS.present : 0) |
      (isVerified ? FLAGS.verified : 0) |
      (extra.length > 0 ? FLAGS.attested : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), head, extra]);
  };
  const answer = (response: object) =>
    JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  return {
    id,
    make: (challenge, said = {}) => {
      const length = Buffer.from([0, credential.length]);
      const attested = Buffer.concat([Buffer.alloc(16), length, credential, coseKey(publicKey)]);
      const { fmt, attStmt } = said.attestation ?? { fmt: 'none', attStmt: new Map() };
      const authData = new Uint8Array(authenticatorData(attested, said));
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', fmt],
          ['attStmt', attStmt],
          ['authData', authData],
        ]) as never,
      );
      return answer({
        clientDataJSON: base64url(clientData('webauthn.create', challenge, said)),
        attestationObject: base64url(attestation),
        transports: ['internal', 'carrier-pigeon'],
      });
    },
    sign: (challenge, said = {}) => {
      signed += 1;
      const client = clientData('webauthn.get', challenge, said);
      const data = authenticatorData(Buffer.alloc(0), said);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return answer({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
        ...(said.userId === undefined ? {} : { userHandle: base64url(Buffer.from(said.userId)) }),
      });
    },
  };
}
