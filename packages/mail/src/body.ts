import { seal, unseal } from '@footfall/db/sealed';

/** What a mail says, as its row keeps it: sealed, until it is sent. */
export type MailBody = { html: string; text: string };

/** A body as it stands in its row. */
export const sealBody = ({ html, text }: MailBody, secret: string): Buffer =>
  Buffer.from(seal(JSON.stringify({ html, text }), 'mail', secret));

/**
 * The body that was sealed.
 * @throws Error when it was sealed with another secret, or says something else than a mail does
 */
export function openBody(sealed: Uint8Array, secret: string): MailBody {
  const { html, text } = JSON.parse(unseal(sealed, 'mail', secret)) as Partial<MailBody>;
  if (typeof html !== 'string' || typeof text !== 'string') throw new Error('a mail has HTML and text');
  return { html, text };
}
