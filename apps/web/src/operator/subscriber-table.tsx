import type { SubscriberRow } from '@footfall/db/staff/subscribers';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

/** Tenants with their plans and subscriptions. */
export function SubscriberTable({ subscribers }: { subscribers: readonly SubscriberRow[] }) {
  const words = useWords('staffSubscriptions');
  const formats = useFormats();
  const writeDay = (at: Date | null) => (at === null ? '–' : formats.dayAt(at, 'UTC'));
  const columns: Column[] = [
    { head: words('tenant') },
    { head: words('plan') },
    { head: words('status') },
    { head: words('events'), number: true },
    { head: words('trial'), number: true, wide: true },
    { head: words('ends'), number: true, wide: true },
  ];
  const rows = subscribers.map(({ id, name, plan, status, events, trialEndsAt, endsAt }) => ({
    key: id,
    cells: [
      <TextLink key="name" href={`/operator/subscriptions/${encodeURIComponent(id)}`}>
        {name}
      </TextLink>,
      <span key="plan" className="wrap-normal">
        {plan}
      </span>,
      status ?? words('none'),
      formats.exactNumber(events),
      writeDay(trialEndsAt),
      writeDay(endsAt),
    ],
  }));
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}
