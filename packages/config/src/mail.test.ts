import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const failure = (environment: Record<string, string>): ConfigError => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('SMTP_URL', () => {
  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, isTls: false, login: null }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, isTls: true, login: null }],
    ['smtp://127.0.0.1:2525/', { host: '127.0.0.1', port: 2525, isTls: false, login: null }],
    ['smtp://[::1]:25', { host: '::1', port: 25, isTls: false, login: null }],
    [
      'smtps://shop%40example.com:p%40ss%2Fw@mail.example:465',
      {
        host: 'mail.example',
        port: 465,
        isTls: true,
        login: { user: 'shop@example.com', password: 'p@ss/w' },
      },
    ],
  ])('%s', (text, smtp) => expect(readConfig({ SMTP_URL: text }).smtp).toEqual(smtp));

  test('unset means that mails are kept', () => expect(readConfig({}).smtp).toBeNull());

  test.each([
    'mail.example:587',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example:port',
    'smtp://mail.example:99999',
    'smtp://user:hunter2secret@mail.example/path',
    'smtp://user:hunter2secret@mail.example?logger=true',
    'smtp://user:hunter2secret@',
    'smtp://user:hunter2@secret@mail.example',
    'smtp://:hunter2secret@mail.example',
    'smtp://user@mail.example',
    'smtp://us er:hunter2secret@mail.example',
  ])('%s is refused in one line that has no password', (text) => {
    const { message } = failure({ SMTP_URL: text });
    expect(message).toMatch(/^SMTP_URL [^\n]+SMTP_URL=smtp:\/\/user:password@smtp\.example\.com:587$/);
    expect(message).not.toMatch(/hunter2|secret@/);
  });
});

describe('MAIL_FROM', () => {
  test.each([
    ['stats@example.com', { name: '', address: 'stats@example.com' }],
    ['Kiln & Co <stats@example.com>', { name: 'Kiln & Co', address: 'stats@example.com' }],
    ['"Kiln, Co" <stats@example.com>', { name: 'Kiln, Co', address: 'stats@example.com' }],
    ['<stats@example.com>', { name: '', address: 'stats@example.com' }],
  ])('%s', (text, mailFrom) => expect(readConfig({ MAIL_FROM: text }).mailFrom).toEqual(mailFrom));

  test.each([
    ['https://stats.example.com', 'footfall@stats.example.com'],
    ['http://127.0.0.1:3000', 'footfall@localhost'],
    ['http://[::1]:3000', 'footfall@localhost'],
  ])('by default it is an address of %s', (webUrl, address) =>
    expect(readConfig({ WEB_URL: webUrl }).mailFrom).toEqual({ name: 'Footfall', address }),
  );

  test.each([
    'Footfall',
    'Footfall <stats>',
    'a@b.example, c@d.example',
    'Footfall <a@b.example> x',
    'Foot\r\nBcc: x@y.example <a@b.example>',
    'a@b.example\r\nBcc: x@y.example',
    '<a@b.example',
  ])('%j is refused', (text) => expect(failure({ MAIL_FROM: text }).message).toMatch(/^MAIL_FROM must be/));
});
