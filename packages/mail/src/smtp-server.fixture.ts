import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader gets it. */
export type ReceivedMail = {
  messageId: string;
  /** The address that the server was told, not the one in the head. */
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  headers: ReadonlyMap<string, unknown>;
};

export type FakeSmtp = {
  url: string;
  port: number;
  /** In the order of their arrival. */
  received: ReceivedMail[];
  /** What it answers to a recipient; null: it takes them. */
  refuse: ((address: string) => { code: number; message: string } | null) | null;
  close(): Promise<void>;
};

/** A real mail server on this machine, whose mailboxes a test reads. */
export async function startSmtp(): Promise<FakeSmtp> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _, done) => {
      const answer = smtp.refuse?.(address) ?? null;
      done(answer === null ? null : Object.assign(new Error(answer.message), { responseCode: answer.code }));
    },
    onData: (stream, { envelope }, done) => {
      simpleParser(stream).then((mail) => {
        received.push({
          messageId: mail.messageId ?? '',
          to: envelope.rcptTo.map(({ address }) => address).join(),
          from: mail.from?.text ?? '',
          subject: mail.subject ?? '',
          html: mail.html || '',
          text: mail.text ?? '',
          headers: mail.headers,
        });
        done();
      }, done);
    },
  });
  server.on('error', () => undefined);
  const http = server.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const smtp: FakeSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    refuse: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
