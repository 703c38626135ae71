import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import type { Failure } from '@footfall/core/failure';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBED_FAILURES } from './errors.ts';
import { MAX_TOKEN, openToken, verifyToken } from './verify.ts';

const secret = 'a secret of 32 characters or more, of a key';
const now = 1_800_000_000;

const HEADER = { alg: 'HS256', typ: 'embed+jwt', kid: 'embed_1' };
const CLAIMS = { aud: 'footfall', iat: now, exp: now + 600, sites: ['site_1'], reports: ['overview'] };

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const hmac = (signed: string, key: string | Buffer = secret, hash = 'sha256') =>
  createHmac(hash, key).update(signed).digest('base64url');

function token(claims: unknown, header: unknown = HEADER, sign = (signed: string) => hmac(signed)): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign(signed)}`;
}

/** The code that a token is refused with; what it says when it is taken. */
function read(text: string | undefined, secrets = [secret]): unknown {
  try {
    return verifyToken(openToken(text), { secrets, now });
  } catch (error) {
    expect((error as Failure).status).toBe(401);
    return (error as Failure).code;
  }
}

test('a token says what it grants', () => {
  expect(read(token(CLAIMS))).toEqual({
    sites: ['site_1'],
    reports: ['overview'],
    filters: [],
    theme: {},
    locale: null,
    exp: now + 600,
  });
});

test('the secret of before is taken beside the one of now, and no other', () => {
  const old = token(CLAIMS, HEADER, (signed) => hmac(signed, 'the one before'));
  expect(read(old, [secret, 'the one before'])).toMatchObject({ sites: ['site_1'] });
  expect(read(old)).toBe('token_signature');
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const rsa = (signed: string) => createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url');

describe('a token that is not one is refused with its reason', () => {
  const good = token(CLAIMS);
  const [head = '', payload = '', signature = ''] = good.split('.');
  const changed = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
  test.each<[string, string | undefined, keyof typeof EMBED_FAILURES]>([
    ['none at all', undefined, 'token_missing'],
    ['an empty one', '', 'token_missing'],
    ['an API key', `ffk_${'a'.repeat(43)}`, 'token_malformed'],
    ['two parts', `${head}.${payload}`, 'token_malformed'],
    ['four parts', `${good}.x`, 'token_malformed'],
    ['a header that is a list', token(CLAIMS, [HEADER]), 'token_malformed'],
    ['a header that is null', token(CLAIMS, 'null'), 'token_malformed'],
    ['a header that is not JSON', token(CLAIMS, '{'), 'token_malformed'],
    ['a payload that is not JSON', token('{"aud":'), 'token_malformed'],
    ['a payload that is a list', token([CLAIMS]), 'token_malformed'],
    ['a payload of broken UTF-8', token(CLAIMS).replace(payload, '_w'), 'token_signature'],
    ['white space', good.replace('.', ' .'), 'token_malformed'],
    ['padding', `${good}=`, 'token_malformed'],
    ['one that is too long', token({ ...CLAIMS, sub: 'x'.repeat(MAX_TOKEN) }), 'token_malformed'],
    ['algorithm none', `${encode({ ...HEADER, alg: 'none' })}.${payload}.`, 'token_algorithm'],
    ['algorithm None with a signature', token(CLAIMS, { ...HEADER, alg: 'None' }), 'token_algorithm'],
    ['no algorithm', token(CLAIMS, { typ: 'embed+jwt', kid: 'embed_1' }), 'token_algorithm'],
    ['a list of algorithms', token(CLAIMS, { ...HEADER, alg: ['HS256'] }), 'token_algorithm'],
    [
      'HS512',
      token(CLAIMS, { ...HEADER, alg: 'HS512' }, (s) => hmac(s, secret, 'sha512')),
      'token_algorithm',
    ],
    ['RS256', token(CLAIMS, { ...HEADER, alg: 'RS256' }, rsa), 'token_algorithm'],
    ['a signature of RSA that says HS256', token(CLAIMS, HEADER, rsa), 'token_signature'],
    ['the public key as secret', token(CLAIMS, HEADER, (s) => hmac(s, publicPem)), 'token_signature'],
    ['an empty secret', token(CLAIMS, HEADER, (s) => hmac(s, '')), 'token_signature'],
    ['the secret with a line break', token(CLAIMS, HEADER, (s) => hmac(s, `${secret}\n`)), 'token_signature'],
    ['type JWT', token(CLAIMS, { ...HEADER, typ: 'JWT' }), 'token_type'],
    ['no type', token(CLAIMS, { alg: 'HS256', kid: 'embed_1' }), 'token_type'],
    ['no key', token(CLAIMS, { alg: 'HS256', typ: 'embed+jwt' }), 'token_key_unknown'],
    ['an object as key', token(CLAIMS, { ...HEADER, kid: {} }), 'token_key_unknown'],
    ['extensions', token(CLAIMS, { ...HEADER, crit: ['b64'], b64: false }), 'token_malformed'],
    [
      'a key of its own',
      token(CLAIMS, { ...HEADER, jwk: { k: 'x' } }, (s) => hmac(s, 'x')),
      'token_signature',
    ],
    [
      'another payload',
      `${head}.${encode({ ...CLAIMS, sites: ['site_2'] })}.${signature}`,
      'token_signature',
    ],
    ['another signature', `${head}.${payload}.${changed}`, 'token_signature'],
    ['a short signature', `${head}.${payload}.AAAA`, 'token_signature'],
    ['another audience', token({ ...CLAIMS, aud: 'other' }), 'token_audience'],
    ['several audiences', token({ ...CLAIMS, aud: ['footfall', 'other'] }), 'token_audience'],
    ['no audience', token({ ...CLAIMS, aud: undefined }), 'token_audience'],
    ['an end that is now', token({ ...CLAIMS, iat: now - 10, exp: now }), 'token_expired'],
    ['an end long ago', token({ ...CLAIMS, iat: now - 1_200, exp: now - 600 }), 'token_expired'],
    ['a beginning in the future', token({ ...CLAIMS, iat: now + 60, exp: now + 120 }), 'token_not_yet_valid'],
    ['a beginning that is later', token({ ...CLAIMS, nbf: now + 60 }), 'token_not_yet_valid'],
    ['a life of 601 s', token({ ...CLAIMS, exp: now + 601 }), 'token_too_long_lived'],
    ['a life since long', token({ ...CLAIMS, iat: 1, exp: now + 60 }), 'token_too_long_lived'],
    ['no end', token({ ...CLAIMS, exp: undefined }), 'token_claims'],
    ['no beginning', token({ ...CLAIMS, iat: undefined }), 'token_claims'],
    ['an end that is a text', token({ ...CLAIMS, exp: String(now + 60) }), 'token_claims'],
    ['an end without end', token(JSON.stringify(CLAIMS).replace(String(now + 600), '1e999')), 'token_claims'],
    ['an end before the beginning', token({ ...CLAIMS, iat: now, exp: now - 5 }), 'token_claims'],
  ])('%s', (_, text, code) => {
    expect(read(text)).toBe(code);
  });
});

describe('every claim is checked', () => {
  const deep = (depth: number): unknown =>
    depth === 0 ? ['is', 'event:page', ['/']] : ['not', deep(depth - 1)];
  test.each<[string, object]>([
    ['no sites', { sites: undefined }],
    ['an empty list of sites', { sites: [] }],
    ['a text as sites', { sites: 'site_1' }],
    ['an object as site', { sites: [{ id: 'site_1' }] }],
    ['too many sites', { sites: Array(101).fill('site_1') }],
    ['no reports', { reports: undefined }],
    ['a text as reports', { reports: 'overview' }],
    ['an object as report', { reports: [{ toString: 'overview' }] }],
    ['a misspelt claim, which would lock nothing', { filter: [['is', 'event:page', ['/']]] }],
    ['a text as filters', { filters: 'event:page' }],
    ['an object as filter', { filters: [{ is: 1 }] }],
    ['an object as a value of a filter', { filters: [['is', 'event:page', [{ $ne: '' }]]] }],
    ['an object as a dimension', { filters: [['is', { a: 1 }, ['x']]] }],
    ['an unknown dimension', { filters: [['is', 'visit:mood', ['x']]] }],
    ['a filter on a metric', { filters: [['greater_than', 'visitors', [1]]] }],
    ['a filter that is nested too deep', { filters: [deep(9)] }],
    ['too many filters', { filters: Array(21).fill(['is', 'event:page', ['/']]) }],
    ['an expression that explodes', { filters: [['matches', 'event:page', ['(a{1000}){1000}']]] }],
    ['an unknown variable of the theme', { theme: { 'accent;x': '#000' } }],
    ['a prototype as theme', { theme: JSON.parse('{"__proto__": {"accent": "#000"}}') }],
    ['an address in the theme', { theme: { accent: 'url(https://evil.example)' } }],
    ['a style that ends', { theme: { accent: '#000;} body{display:none' } }],
    ['markup in the theme', { theme: { font: '</style><script>alert(1)</script>' } }],
    ['an expression in the theme', { theme: { radius: 'calc(1px * 9999)' } }],
    ['an object as colour', { theme: { accent: { toString: '#000' } } }],
    ['markup as locale', { locale: '"><img src=x onerror=alert(1)>' }],
    ['a path as locale', { locale: '../../etc' }],
    ['a list as locale', { locale: ['de'] }],
    ['an object as subject', { sub: {} }],
  ])('%s', (_, wrong) => {
    expect(read(token({ ...CLAIMS, ...wrong }))).toBe('token_claims');
  });

  test.each<[string, object]>([
    [
      'filters',
      {
        filters: [
          ['is', 'event:props:seller', ['42']],
          ['or', [['contains', 'event:page', ['/a']]]],
        ],
      },
    ],
    ['a goal, which is of the site', { filters: [['is', 'event:goal', ['Order']]] }],
    ['a theme', { theme: { accent: '#0a7', radius: '12px', font: 'Inter, sans-serif' } }],
    ['a locale', { locale: 'de-AT' }],
    ['what the standard has', { iss: 'market', sub: 'seller 42', jti: 'x', nbf: now - 5 }],
    ['a clock that is 10 s ahead', { iat: now + 10, exp: now + 610 }],
    ['a report of another version', { reports: ['overview', 'weather'] }],
  ])('%s is taken', (_, more) => {
    expect(read(token({ ...CLAIMS, ...more }))).toMatchObject({ sites: ['site_1'] });
  });
});

test('whatever is sent is refused with a code of the table, or taken', () => {
  const parts = fc.array(fc.oneof(fc.json(), fc.string()).map(encode), { maxLength: 4 });
  const claims = fc.record({
    aud: fc.constant('footfall'),
    iat: fc.anything(),
    exp: fc.anything(),
    sites: fc.anything(),
  });
  const texts = fc.oneof(
    fc.string(),
    parts.map((some) => some.join('.')),
    fc.json().map((header) => token(CLAIMS, header)),
    claims.map((some) =>
      token(
        JSON.stringify({ ...CLAIMS, ...some }, (_, value) => (typeof value === 'bigint' ? 1 : value)) ?? '',
      ),
    ),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const answer = read(text);
      if (typeof answer === 'string') expect(Object.keys(EMBED_FAILURES)).toContain(answer);
    }),
  );
});
