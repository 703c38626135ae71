import { describe, expect, test } from 'vitest';
import { signEmbedToken } from './sign.ts';
import { openToken, verifyToken } from './token/verify.ts';

const secret = `ffe_${'s'.repeat(43)}`;
const grant = { sites: ['site_1'], reports: ['overview'] };
const now = 1_800_000_000_000;

test('a signed token is the one that is verified', () => {
  const filters = [['is', 'event:props:seller', ['42 – “Töpfe”']]];
  const token = signEmbedToken({ ...grant, filters, locale: 'de' }, { kid: 'embed_1', secret, now });
  const opened = openToken(token);
  expect(opened.kid).toBe('embed_1');
  expect(verifyToken(opened, { secrets: [secret], now: now / 1_000 })).toEqual({
    ...grant,
    filters,
    theme: {},
    locale: 'de',
    exp: now / 1_000 + 600,
  });
});

describe('what cannot be right is refused before it signs', () => {
  test.each([
    ['a line break behind the secret', { secret: `${secret}\n` }, /white space/],
    ['a blank before the secret', { secret: ` ${secret}` }, /white space/],
    ['no secret', { secret: '' }, /shorter than 32/],
    ['a short secret', { secret: 'secret' }, /shorter than 32/],
    ['white space around the kid', { kid: 'embed_1 ' }, /kid/],
    ['no kid', { kid: '' }, /kid/],
    ['a life of an hour', { lifetime: 3_600 }, /1 to 600/],
    ['no life', { lifetime: 0 }, /1 to 600/],
    ['half a second', { lifetime: 0.5 }, /1 to 600/],
  ])('%s', (_, wrong, message) => {
    expect(() => signEmbedToken(grant, { kid: 'embed_1', secret, now, ...wrong })).toThrow(message);
  });
});
