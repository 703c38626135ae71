import { createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { type EmbedClaims, readClaims } from './claims.ts';
import { embedFailure } from './errors.ts';

/** Longest token, characters. */
export const MAX_TOKEN = 8_192;

/** The parts of a compact JWS, each not empty. */
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

const malformed = (message: string) => embedFailure('token_malformed', message);

/** A part of a token as the object of JSON that it is. */
function decodePart(part: string, name: string): JsonObject {
  const bytes = Buffer.from(part, 'base64url');
  // Two texts must not be one token.
  if (bytes.toString('base64url') !== part) throw malformed(`the ${name} of the token is not base64url`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw embedFailure('token_malformed', `the ${name} of the token is not JSON`, { cause });
  }
  if (!isJsonObject(value)) throw malformed(`the ${name} of the token is not an object`);
  return value;
}

/** A token taken apart; nothing of it is true yet. */
export type OpenedToken = { kid: string; payload: string; signed: string; signature: Uint8Array };

/**
 * What a token claims to be. Its header decides nothing: it is compared with the one way that tokens are signed.
 * @throws Failure `token_missing`, `token_malformed`, `token_algorithm`, `token_type`, `token_key_unknown`
 */
export function openToken(token: string | undefined): OpenedToken {
  if (token === undefined || token === '')
    throw embedFailure('token_missing', 'send an embed token as Authorization: Bearer <token>');
  if (token.length > MAX_TOKEN) throw malformed(`a token has at most ${MAX_TOKEN} characters`);
  const [, head, payload, signature] = COMPACT.exec(token) ?? [];
  if (head === undefined || payload === undefined || signature === undefined) {
    // Tokens of algorithm none end in a dot.
    const first = /^([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.$/.exec(token)?.[1];
    if (first !== undefined) checkHeader(decodePart(first, 'header'));
    throw malformed('a token is three parts of base64url with dots between them');
  }
  const header = decodePart(head, 'header');
  checkHeader(header);
  const { kid } = header;
  if (typeof kid !== 'string' || kid === '')
    throw embedFailure('token_key_unknown', 'the header names no key: set kid to that of an embed key');
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.toString('base64url') !== signature) throw malformed('the signature is not base64url');
  return { kid, payload, signed: `${head}.${payload}`, signature: bytes };
}

function checkHeader({ alg, typ, crit }: JsonObject): void {
  if (alg !== 'HS256') throw embedFailure('token_algorithm', 'tokens are signed with HS256, nothing else');
  if (typ !== 'embed+jwt') throw embedFailure('token_type', 'the header must have typ "embed+jwt"');
  if (crit !== undefined) throw malformed('the header asks for extensions (crit) that are not known here');
}

const sign = (signed: string, secret: string) => createHmac('sha256', secret).update(signed).digest();

/**
 * The claims of a token, if it was signed with one of the secrets of its key. `now`: epoch seconds.
 * @throws Failure `token_signature`, and those of {@link readClaims}
 */
export function verifyToken(
  { payload, signed, signature }: OpenedToken,
  { secrets, now }: { secrets: readonly string[]; now: number },
): EmbedClaims {
  const isSigned = secrets.some((secret) => {
    const right = sign(signed, secret);
    return right.length === signature.length && timingSafeEqual(right, signature);
  });
  if (!isSigned) {
    const message = 'the signature is not of this key: is it the secret of this kid, without white space?';
    throw embedFailure('token_signature', message);
  }
  return readClaims(decodePart(payload, 'payload'), now);
}
