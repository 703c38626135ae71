import { describe, expect, it } from 'vitest';
import { browserCookie, openBrowser, sealBrowser } from './known-browser.ts';

const secret = 'a-long-random-text-of-32-characters-or-more';
const email = 'owner@kiln.example';

describe('a browser that has signed in', () => {
  it('is known for that address, however it is written', () => {
    const cookie = sealBrowser(email, secret);
    expect(openBrowser(cookie, { email, secret })).toMatch(/^[\w-]{22}$/);
    expect(openBrowser(cookie, { email: ' Owner@Kiln.example', secret })).toBe(
      openBrowser(cookie, { email, secret }),
    );
  });

  it('is not known for another address, or by another installation', () => {
    const cookie = sealBrowser(email, secret);
    expect(openBrowser(cookie, { email: 'other@kiln.example', secret })).toBeNull();
    expect(openBrowser(cookie, { email, secret: `${secret}!` })).toBeNull();
  });

  it.each([undefined, '', 'x', `${'a'.repeat(22)}.${'b'.repeat(43)}`, 'a'.repeat(100_000)])(
    'is not told by %s',
    (cookie) => expect(openBrowser(cookie, { email, secret })).toBeNull(),
  );

  it('has a cookie that scripts cannot read, and that no other host can set where there is TLS', () => {
    expect(browserCookie('https://stats.example')).toMatchObject({
      name: '__Host-footfall-browser',
      options: { httpOnly: true, secure: true, path: '/' },
    });
    expect(browserCookie('http://127.0.0.1:3000').name).toBe('footfall-browser');
  });
});
