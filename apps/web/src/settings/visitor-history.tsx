import type { EventRemoval } from '@footfall/db/tenant/removal';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** What was deleted of visitors: whose it was, nobody reads here. */
export function VisitorHistory({ removals, zone }: { removals: readonly EventRemoval[]; zone: string }) {
  const words = useWords('visitorData');
  const formats = useFormats();
  if (removals.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {removals.map(({ id, visitorHash, removed, finishedAt }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
          <span>
            {words('deleted', { count: removed })} <code className="font-mono text-xs">{visitorHash}</code>
          </span>
          <span className="text-quiet">{finishedAt !== null && formats.momentAt(finishedAt, zone)}</span>
        </li>
      ))}
    </ul>
  );
}
