import type { MailRow } from '@footfall/db/staff/mails';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { MailBadge } from './mail-table.tsx';
import type { OpenedMail } from './mails.ts';

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 border-b border-line py-2.5 last:border-0 sm:grid-cols-[10rem_1fr]">
      <dt className="text-quiet">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Facts({ mail }: { mail: MailRow }) {
  const words = useWords('staffMails');
  const formats = useFormats();
  const at = (date: Date) => words('moment', { moment: formats.momentAt(date, 'UTC') });
  return (
    <dl>
      <Fact term={words('state')}>
        <MailBadge state={mail.state} />
      </Fact>
      <Fact term={words('recipient')}>{mail.recipient}</Fact>
      <Fact term={words('template')}>
        <code className="font-mono text-xs">{mail.template}</code>
      </Fact>
      <Fact term={words('queuedAt')}>{at(mail.createdAt)}</Fact>
      {mail.sentAt !== null && <Fact term={words('sentAt')}>{at(mail.sentAt)}</Fact>}
      {mail.error !== null && (
        <Fact term={words('attempts', { count: mail.attempts })}>
          <code className="font-mono text-xs">{mail.error}</code>
        </Fact>
      )}
      {mail.aboutTenant !== null && (
        <Fact term={words('about')}>
          <TextLink href={`/operator/tenants/${encodeURIComponent(mail.aboutTenant)}`}>
            {mail.aboutTenant}
          </TextLink>
        </Fact>
      )}
    </dl>
  );
}

const SOURCE = 'overflow-x-hidden font-mono text-xs whitespace-pre-wrap wrap-anywhere';

/** A mail and, where the operator hands it on, what it says: its HTML as text alone, for it has a stranger's words in it. */
export function MailLetter({ mail, body }: { mail: MailRow; body: OpenedMail }) {
  const words = useWords('staffMails');
  return (
    <div className="max-w-text space-y-6">
      <Panel aria-labelledby="facts">
        <PanelHead id="facts" title={words('facts')} />
        <div className="px-4 pb-3 sm:px-5">
          <Facts mail={mail} />
        </div>
      </Panel>
      <Panel aria-labelledby="message">
        <PanelHead id="message" title={words('message')} />
        <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
          {typeof body === 'string' ? (
            <p className="text-quiet">{words(`bodies.${body}`)}</p>
          ) : (
            <>
              <p className="text-quiet">{words('opened')}</p>
              <pre className="rounded-md bg-sunken p-3 font-sans whitespace-pre-wrap wrap-anywhere">
                {body.text}
              </pre>
              <details>
                <summary className="min-h-11 cursor-pointer py-2.5 text-quiet sm:min-h-9 sm:py-1.5">
                  {words('html')}
                </summary>
                <pre className={`rounded-md bg-sunken p-3 ${SOURCE}`}>{body.html}</pre>
              </details>
            </>
          )}
        </div>
      </Panel>
    </div>
  );
}
