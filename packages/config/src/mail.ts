import { isIP } from 'node:net';
import { z } from 'zod';
import { credentialsProblem } from './url-credentials.ts';

/** A mail server, with the login that it asks for; null: none. */
export type SmtpServer = {
  /** A name or an address, of IPv6 without brackets. */
  host: string;
  port: number;
  /** TLS from the first byte on; else STARTTLS where the server has it. */
  isTls: boolean;
  login: { user: string; password: string } | null;
};

/** Whom mails are from; `name` may be empty. */
export type MailSender = { name: string; address: string };

/** Ports of submission: with STARTTLS, and with TLS from the start (RFC 8314). */
const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

const SHAPE = 'must be a URL such as smtp://host:587 or smtps://host:465, without a path';

/** What SMTP_URL says, or what is wrong with it. */
function parseSmtp(text: string): SmtpServer | string {
  const unreadable = credentialsProblem(text);
  if (unreadable !== undefined) return unreadable;
  if (!URL.canParse(text)) return SHAPE;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const standard = PORTS[protocol];
  if (standard === undefined) return 'must be a URL that starts with smtp:// or smtps://';
  if (hostname === '' || !['', '/'].includes(pathname) || search !== '' || hash !== '') return SHAPE;
  if ((username === '') !== (password === '')) return 'must have a user and a password, or neither';
  const login =
    username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? standard : Number(port),
    isTls: protocol === 'smtps:',
    login,
  };
}

/** SMTP_URL. */
export const smtpServer = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined) return null;
    const parsed = parseSmtp(text.trim());
    if (typeof parsed !== 'string') return parsed;
    context.addIssue({ code: 'custom', message: parsed });
    return z.NEVER;
  });

const ADDRESS = /^[^\s@<>(),;:"\\\p{Cc}]+@[^\s@<>(),;:"\\\p{Cc}]+$/u;

/** A name before an address in angle brackets, with or without quotes. */
const NAMED = /^(?:"([^"\\<>\p{Cc}]*)"|([^"\\<>\p{Cc}]*?))\s*<([^<>]*)>$/u;

function parseSender(text: string): MailSender | null {
  const [, quoted, plain, bracketed = text] = NAMED.exec(text) ?? [];
  return ADDRESS.test(bracketed) ? { name: (quoted ?? plain ?? '').trim(), address: bracketed } : null;
}

/** MAIL_FROM. */
export const mailSender = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined) return undefined;
    const sender = parseSender(text.trim());
    if (sender !== null) return sender;
    context.addIssue({ code: 'custom', message: 'must be an email address, or a name and <an address>' });
    return z.NEVER;
  });

/** Whom mails are from where nobody said: an address at the portal's host, which a mail server is most likely to take. */
export function defaultSender(webUrl: string): MailSender {
  const { hostname } = new URL(webUrl);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return { name: 'Footfall', address: `footfall@${isAddress ? 'localhost' : hostname}` };
}
