import { MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { MOST_VALUES } from '@footfall/core/roll-up';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import type { Health } from '#reports/health.ts';
import { useWords } from '#words/use-words.ts';

/** Days that are named one by one. */
const SHOWN_DAYS = 5;

function Item({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="space-y-1 py-2.5">
      <p className="font-medium">{title}</p>
      {children}
    </li>
  );
}

function Cuts({ cut }: Pick<Health, 'cut'>) {
  const words = useWords('health');
  const dimensions = useWords('dimensions');
  const formats = useFormats();
  const name = (dimension: string) => {
    const known = dimension as Parameters<typeof dimensions>[0];
    return dimensions.has(known) ? dimensions(known) : dimension;
  };
  return (
    <Item title={words('cut')}>
      <p className="text-quiet">{words('cutText', { most: formats.exactNumber(MOST_VALUES) })}</p>
      <ul className="list-disc pl-5">
        {cut.map(({ dimension, days, lastDay, values }) => (
          <li key={dimension}>
            {words('cutOne', {
              dimension: name(dimension),
              days,
              last: formats.fullDay(lastDay),
              values: formats.exactNumber(values),
            })}
          </li>
        ))}
      </ul>
    </Item>
  );
}

/** Some days, latest first, and how many more there are. */
function Days({ days }: { days: readonly string[] }) {
  const words = useWords('health');
  const formats = useFormats();
  const more = days.length - SHOWN_DAYS;
  const shown = days.slice(0, SHOWN_DAYS).map((day) => formats.fullDay(day));
  return <p>{[...shown, ...(more > 0 ? [words('moreDays', { count: more })] : [])].join(' · ')}</p>;
}

function BusyVisitors({ busyVisitors }: Pick<Health, 'busyVisitors'>) {
  const words = useWords('health');
  const formats = useFormats();
  const count = busyVisitors.reduce((sum, one) => sum + one.count, 0);
  return (
    <Item title={words('busy', { count })}>
      <p className="text-quiet">
        {words('busyText', { most: formats.exactNumber(MOST_EVENTS_OF_VISITOR_DAY) })}
      </p>
      <Days days={busyVisitors.map(({ day }) => day)} />
    </Item>
  );
}

function LeftOut({ leftOut }: Pick<Health, 'leftOut'>) {
  const words = useWords('health');
  return (
    <Item title={words('leftOut')}>
      <p className="text-quiet">{words('leftOutText', { most: MAX_WILDCARDS })}</p>
      <ul className="list-disc pl-5 wrap-anywhere">
        {leftOut.pages.map((pattern) => (
          <li key={pattern}>
            <code className="font-mono text-xs">{pattern}</code>
          </li>
        ))}
        {leftOut.goals.map((goal) => (
          <li key={goal}>{words('goal', { goal })}</li>
        ))}
      </ul>
    </Item>
  );
}

/** What reports do not show apart, or not yet, and why. `domain`: what is to be said of whose the domain is, if anything. */
export function LimitsList({ health, domain }: { health: Health; domain: string | null }) {
  const words = useWords('health');
  const { cut, busyVisitors, sealing, leftOut } = health;
  const parts = [
    domain === null ? null : (
      <Item key="domain" title={words('domain')}>
        <p className="text-quiet">{domain}</p>
      </Item>
    ),
    leftOut.pages.length + leftOut.goals.length === 0 ? null : <LeftOut key="left" leftOut={leftOut} />,
    cut.length === 0 ? null : <Cuts key="cut" cut={cut} />,
    busyVisitors.length === 0 ? null : <BusyVisitors key="busy" busyVisitors={busyVisitors} />,
    sealing.length === 0 ? null : (
      <Item key="sealing" title={words('sealing')}>
        <p className="text-quiet">{words('sealingText')}</p>
        <Days days={sealing.map(({ day }) => day)} />
      </Item>
    ),
  ].filter((part) => part !== null);
  if (parts.length === 0) return <p className="py-1 text-quiet">{words('noLimits')}</p>;
  return <ul className="divide-y divide-line">{parts}</ul>;
}
