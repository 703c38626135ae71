import type { MailRow, MailState } from '@footfall/db/staff/mails';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

const TONES: Readonly<Record<MailState, 'neutral' | 'good' | 'bad' | 'warning'>> = {
  queued: 'neutral',
  sent: 'good',
  kept: 'warning',
  failed: 'bad',
};

/** What is the matter with a mail. */
export function MailBadge({ state }: { state: MailState }) {
  const words = useWords('staffMails');
  return <Badge tone={TONES[state]}>{words(`states.${state}`)}</Badge>;
}

/** Mails of the installation; what they say is a page of each, which leaves a trace: it is not fetched ahead. */
export function MailTable({ mails }: { mails: readonly MailRow[] }) {
  const words = useWords('staffMails');
  const formats = useFormats();
  const columns: Column[] = [
    { head: words('subject') },
    { head: words('recipient'), wide: true },
    { head: words('template'), wide: true },
    { head: words('state'), whole: true },
    { head: words('queuedAt'), number: true, wide: true },
  ];
  const rows = mails.map(({ id, subject, recipient, template, state, createdAt }) => ({
    key: id,
    cells: [
      <span key="subject">
        <TextLink href={`/operator/mail/${encodeURIComponent(id)}`} prefetch={false}>
          {subject}
        </TextLink>
        <span className="block text-quiet sm:hidden">{recipient}</span>
        <span className="block text-quiet sm:hidden">{formats.momentAt(createdAt, 'UTC')}</span>
      </span>,
      recipient,
      <code key="template" className="font-mono text-xs">
        {template}
      </code>,
      <MailBadge key="state" state={state} />,
      formats.momentAt(createdAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}
