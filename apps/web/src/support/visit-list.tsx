import type { SupportVisit } from '@footfall/db/tenant/support';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** Who of the platform's staff has looked at what the tenant sees, when and why. */
export function VisitList({ visits, now }: { visits: readonly SupportVisit[]; now: number }) {
  const words = useWords('support');
  const formats = useFormats();
  if (visits.length === 0) return <p className="text-quiet">{words('noVisits')}</p>;
  return (
    <ul className="divide-y divide-line">
      {visits.map(({ id, staffEmail, reason, beganAt, endsAt, endedAt }) => {
        const end = endedAt ?? endsAt;
        const from = formats.momentAt(beganAt, 'UTC');
        return (
          <li key={id} className="py-2.5">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-medium wrap-anywhere">{staffEmail}</span>
              <span className="text-quiet tabular-nums">
                {end.getTime() > now
                  ? words('goesOn', { from, until: formats.clockAt(end.getTime(), 'UTC') })
                  : words('was', { from, until: formats.clockAt(end.getTime(), 'UTC') })}
              </span>
            </p>
            <p className="wrap-anywhere">{reason}</p>
          </li>
        );
      })}
    </ul>
  );
}
