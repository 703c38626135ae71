import { randomBytes, randomInt } from 'node:crypto';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 14 letters of 36: 72 random bits, enough to be unique and short enough for a key column of every event. */
const ID_LETTERS = 14;

/** Wider than what is made here, so that ids of other origin may be brought in. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

function letters(count: number): string {
  return Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** A new opaque id with a prefix that tells what it names. */
export function newId(
  kind:
    | 'user'
    | 'tenant'
    | 'site'
    | 'key'
    | 'goal'
    | 'funnel'
    | 'segment'
    | 'audit'
    | 'import'
    | 'removal'
    | 'invitation'
    | 'mail'
    | 'visit'
    | 'webhook'
    | 'delivery'
    | 'embed'
    | 'price'
    | 'override'
    | 'move',
): string {
  return `${kind}_${letters(ID_LETTERS)}`;
}

/** A new site key: public, stands in the snippet. */
export function newSiteKey(): string {
  return `ff_${letters(ID_LETTERS)}`;
}

/** A new API key: 256 random bits, a secret. */
export function newApiKey(): string {
  return `ffk_${randomBytes(32).toString('base64url')}`;
}

/** A new secret that embed tokens are signed with: 256 random bits. */
export function newEmbedSecret(): string {
  return `ffe_${randomBytes(32).toString('base64url')}`;
}

const API_KEY = /^ffk_[A-Za-z0-9_-]{43}$/;

/** Whether a text from outside can be an API key at all. */
export function isApiKeyText(text: string): boolean {
  return API_KEY.test(text);
}

/** Whether a text from outside can be an id or a site key at all: what cannot is not worth a question, nor a place in memory. */
export function isId(text: string): boolean {
  return ID.test(text);
}
