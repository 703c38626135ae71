import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

describe('where signing in leads', () => {
  it.each(['/', '/sites/site_1', '/sites/site_1?period=7d&page=%2Fa', '/sites/site_1#pages'])(
    'back to %s',
    (path) => expect(nextPath(path)).toBe(path),
  );

  it.each([
    undefined,
    '',
    'sites/site_1',
    'https://evil.example',
    'https:evil.example',
    'https:/evil.example',
    'HTTPS:\\evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    // Browsers leave out tabs and line ends.
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '/\t\\evil.example',
    ' //evil.example',
    // Stays here, with a path that would not.
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/\\\\evil.example',
    '//[',
    `/${'a'.repeat(5_000)}`,
    ['/a'],
  ])('to the start, not to %j', (path) => expect(nextPath(path)).toBe('/'));

  it.each(['/%2f/evil.example', '/%2f%2fevil.example', '/%5cevil.example', '/%09/evil.example', '/a%00'])(
    'to %j as a page of ours, whose escapes nobody takes for slashes',
    (path) => {
      const to = new URL(nextPath(path), 'https://stats.example');
      expect([to.origin, to.pathname.startsWith('//')]).toEqual(['https://stats.example', false]);
    },
  );

  it('without line ends, which would break the answer’s head', () => {
    expect(nextPath('/sites\r\nset-cookie: a=b')).toBe('/sitesset-cookie:%20a=b');
  });

  it('never elsewhere, whatever it is written with', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      '\r',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%09',
      'evil.example',
      'http:',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = nextPath(parts.join(''));
        expect(new URL(path, 'https://stats.example').origin).toBe('https://stats.example');
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('to an address that names the portal itself, and to no other', () => {
    const portal = 'https://stats.example';
    expect(nextPath('https://stats.example/sites/new', portal)).toBe('/sites/new');
    expect(nextPath('https://stats.example.evil.example/', portal)).toBe('/');
    expect(nextPath('https://stats.example@evil.example/', portal)).toBe('/');
    expect(nextPath('https://stats.example//evil.example', portal)).toBe('/');
  });
});
