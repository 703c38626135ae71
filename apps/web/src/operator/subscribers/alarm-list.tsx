import type { BillingAlarm } from '@footfall/db/staff/subscribers';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { ListPanel } from '../list-panel.tsx';

/** What a person should look at; nothing where there is nothing. */
export function AlarmList({ alarms }: { alarms: readonly BillingAlarm[] }) {
  const words = useWords('subscriberConsole');
  if (alarms.length === 0) return null;
  return (
    <ListPanel id="alarms" title={words('alarms')}>
      <ul className="divide-y divide-line">
        {alarms.map(({ id, name, kind }) => (
          <li key={`${id} ${kind}`} className="space-y-1 py-2.5">
            <p className="flex flex-wrap items-center gap-2">
              <TextLink href={`/operator/subscriptions/${encodeURIComponent(id)}`}>{name}</TextLink>
              <Badge tone="bad">{words(`alarm.${kind}`)}</Badge>
            </p>
            <p className="text-quiet">{words(`alarmText.${kind}`)}</p>
          </li>
        ))}
      </ul>
    </ListPanel>
  );
}
