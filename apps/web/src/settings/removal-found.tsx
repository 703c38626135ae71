import type { FoundEvents } from '@footfall/core/found-events';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** Days that are listed. */
const SHOWN_DAYS = 7;

type Props = {
  found: FoundEvents;
  /** What people call a sender. */
  nameSender: (sender: string) => string;
};

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-quiet">{term}</dt>
      <dd className="text-lg font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

type Row = { key: string; name: ReactNode; events: number };

function CountList({
  title,
  rows,
  rest,
}: {
  title: string;
  rows: readonly Row[];
  rest?: string | undefined;
}) {
  const formats = useFormats();
  return (
    <section className="min-w-0">
      <h3 className="pb-1 font-medium">{title}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {rows.map(({ key, name, events }) => (
          <li key={key} className="flex justify-between gap-4 py-1.5">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="tabular-nums">{formats.exactNumber(events)}</span>
          </li>
        ))}
      </ul>
      {rest !== undefined && <p className="pt-1 text-quiet">{rest}</p>}
    </section>
  );
}

/** What was found: how much, from whom, of which days, with which money, on which pages. */
export function RemovalFound({ found, nameSender }: Props) {
  const words = useWords('removal');
  const formats = useFormats();
  const { events, visitors, bots, dayCount, days, senders, revenue, pages } = found;
  const largest = [...days].sort((a, b) => b.events - a.events).slice(0, SHOWN_DAYS);
  const moreDays = dayCount - largest.length;
  return (
    <div className="space-y-5">
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Figure term={words('events')}>{formats.exactNumber(events)}</Figure>
        <Figure term={words('visitors')}>{formats.exactNumber(visitors)}</Figure>
        <Figure term={words('days')}>{formats.exactNumber(dayCount)}</Figure>
        <Figure term={words('bots')}>{formats.exactNumber(bots)}</Figure>
        {revenue.map(({ currency, amount }) => (
          <Figure key={currency} term={words('revenue')}>
            {formats.money(amount, currency)}
          </Figure>
        ))}
      </dl>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <CountList
          title={words('bySender')}
          rows={senders.map(({ sender, events: count }) => ({
            key: sender,
            name: nameSender(sender),
            events: count,
          }))}
        />
        <CountList
          title={words('byDay')}
          rows={largest.map(({ day, events: count }) => ({
            key: day,
            name: formats.fullDay(day),
            events: count,
          }))}
          rest={moreDays > 0 ? words('moreDays', { count: moreDays }) : undefined}
        />
      </div>
      {pages.length > 0 && (
        <CountList
          title={words('byPage')}
          rows={pages.map(({ page, events: count }) => ({
            key: page,
            name: <code className="font-mono text-xs">{page}</code>,
            events: count,
          }))}
        />
      )}
    </div>
  );
}
