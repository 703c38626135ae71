import { expect, test } from 'vitest';
import { type MailSubject, renderMail } from './render.ts';
import { TEMPLATE_NAMES } from './template.ts';
import { MAIL_LOCALES, MAIL_WORDS } from './words.ts';

const webUrl = 'https://stats.example.com';
const TOKEN = 'x'.repeat(43);
const FACTS = {
  token: TOKEN,
  team: 'Kiln & Co',
  inviter: 'Ann',
  passkey: 'My phone',
  browser: 'Firefox, macOS',
  person: 'Ann',
  heir: 'Ben',
  day: '9 Dec 2026',
  plan: 'Growth',
  events: '120,000',
  limit: '100,000',
  host: 'hook.example',
  days: '5',
};
const mail = (template: string, facts: object = {}) =>
  ({ template, facts: { ...FACTS, ...facts } }) as unknown as MailSubject;

const EVERY = TEMPLATE_NAMES.flatMap((template) => MAIL_LOCALES.map((locale) => ({ template, locale })));

test.each(EVERY)(
  '$template in $locale has its words and its link as HTML and as text',
  ({ template, locale }) => {
    const { subject, html, text } = renderMail(mail(template), { locale, webUrl });
    const { button, note } = MAIL_WORDS[locale][template];
    expect(html).toContain(`lang="${locale}"`);
    for (const body of [html, text]) {
      expect(body).toContain(button);
      expect(body).toContain(note);
      expect(body).toMatch(/https:\/\/stats\.example\.com\/[a-z-]*/);
      expect(body).not.toMatch(/\{\w+\}|undefined/);
    }
    expect(subject).not.toBe('');
    expect(
      `${html}${text}`
        .match(/https?:\/\/[^\s"<]+/g)
        ?.filter((url) => !/^https:\/\/stats\.example\.com\/|w3\.org/.test(url)),
    ).toEqual([]);
  },
);

test.each(TEMPLATE_NAMES)(
  'the words of %s are as many in every language, with the same facts',
  (template) => {
    const facts = MAIL_LOCALES.map((locale) => {
      const { subject, paragraphs, button, note } = MAIL_WORDS[locale][template];
      for (const words of [subject, ...paragraphs, button, note]) expect(words.trim()).not.toBe('');
      return [...new Set([subject, ...paragraphs].join().match(/\{\w+\}/g) ?? [])].sort();
    });
    expect(new Set(facts.map((names) => names.join())).size).toBe(1);
    const texts = MAIL_LOCALES.map((locale) => MAIL_WORDS[locale][template].paragraphs.join());
    expect(new Set(texts).size).toBe(MAIL_LOCALES.length);
  },
);

test('what others have chosen is escaped in HTML', () => {
  const { html } = renderMail(
    mail('invitation', { team: '<img src=x onerror=alert(1)>', inviter: '"&<b>' }),
    { locale: 'en', webUrl },
  );
  expect(html).not.toMatch(/<img|<b>/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test.each(['Kiln\r\nBcc: victim@shop.example', 'Kiln\n\nbody', 'Kiln\u2028Bcc: x', 'Kiln\0', 'Kiln\u0085x'])(
  'the subject is one line with a team that is called %j',
  (team) => {
    const { subject } = renderMail(mail('invitation', { team }), { locale: 'en', webUrl });
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  },
);

test('a team whose name is an advertisement makes no link, and is cut', () => {
  const team = `Win at https://evil.example or www.evil.example ${'now '.repeat(100)}`;
  const { text, html } = renderMail(mail('invitation', { team }), { locale: 'en', webUrl });
  for (const body of [text, html]) expect(body).not.toMatch(/evil\.example|https:\/\/evil|(now ){20}/);
});

test('a token is written as part of an address', () => {
  const { text } = renderMail(mail('reset_password', { token: 'a&b=c d' }), { locale: 'en', webUrl });
  expect(text).toContain('/reset-password?token=a%26b%3Dc%20d');
});
