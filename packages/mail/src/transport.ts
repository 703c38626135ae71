import { createTransport } from 'nodemailer';

/** Who mails are from. */
export type Sender = { name: string; address: string };

/** A mail as it goes out. `id` is the same at each attempt: whoever gets two of them sees one. */
export type Letter = {
  id: string;
  from: Sender;
  to: string;
  subject: string;
  html: string;
  text: string;
};

/** The way out to a mail server. */
export type Transport = {
  /** Resolves when the server has taken the mail; rejects with a {@link SendError}. */
  send(letter: Letter): Promise<void>;
  close(): void;
};

/** A mail was not taken. `isFinal`: it will not be at another time either. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly isFinal: boolean;

  constructor(message: string, { isFinal, cause }: { isFinal: boolean; cause: unknown }) {
    super(message, { cause });
    this.isFinal = isFinal;
  }
}

/** An SMTP server, as SMTP_URL names it. */
export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte on; else STARTTLS where the server has it. */
  isTls: boolean;
  /** Null: the server asks for none. */
  login: { user: string; password: string } | null;
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** Together below the time for which a mail is claimed; milliseconds. */
const TIMEOUTS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 30_000,
  dnsTimeout: 15_000,
};

type SmtpProblem = { code?: unknown; responseCode?: unknown; response?: unknown; message?: unknown };

/** What nodemailer says of an address or a content that a server will never take; everything else may be mended, a wrong password too. */
function isFinal({ code, responseCode }: SmtpProblem): boolean {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  return typeof responseCode !== 'number' || responseCode >= 500;
}

/** Logins are not among what nodemailer says; a server may repeat anything, so it is cut. */
const MAX_SAID = 300;

function toSendError(cause: unknown): SendError {
  const problem = (cause ?? {}) as SmtpProblem;
  const said = String(problem.response ?? problem.message ?? cause).replace(/[\p{Cc}]+/gu, ' ');
  const code = typeof problem.code === 'string' ? `${problem.code}: ` : '';
  return new SendError(`${code}${said.slice(0, MAX_SAID)}`, { isFinal: isFinal(problem), cause });
}

/** What can be nothing but one address: a sign that has a meaning in a list of them makes another address of it, or several. */
const ONE_ADDRESS = /^[^\s@<>(),;:"\\[\]\p{Cc}]+@[^\s@<>(),;:"\\\p{Cc}]+$/u;

/** Opens the way to an SMTP server; connections are made when they are needed, and kept for a while. A login never travels unencrypted to another machine. */
export function openSmtp({ host, port, isTls, login }: SmtpServer): Transport {
  const transport = createTransport({
    host,
    port,
    secure: isTls,
    requireTLS: login !== null && !isTls && !LOOPBACK.test(host),
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    pool: true,
    maxConnections: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });
  return {
    send: async ({ id, from, to, subject, html, text }) => {
      if (!ONE_ADDRESS.test(to))
        throw new SendError('this is not an address that mail can be sent to', { isFinal: true, cause: to });
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          messageId: id,
          subject,
          html,
          text,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
      } catch (error) {
        throw toSendError(error);
      }
    },
    close: () => transport.close(),
  };
}
