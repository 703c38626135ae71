import { useFormats } from '#format/formats.ts';
import type { Health } from '#reports/health.ts';
import { useWords } from '#words/use-words.ts';

/** Why events were rejected, how often, and what to do about each reason. */
export function RejectedList({ rejected }: { rejected: Health['rejected'] }) {
  const words = useWords('rejections');
  const formats = useFormats();
  return (
    <dl className="divide-y divide-line">
      {rejected.map(({ reason, count }) => (
        <div key={reason} className="py-2.5">
          <dt className="flex flex-wrap justify-between gap-x-4">
            <span>
              <span className="font-medium">{words(`${reason}.name`)}</span>{' '}
              <code className="font-mono text-xs text-quiet">{reason}</code>
            </span>
            <span className="tabular-nums">{formats.exactNumber(count)}</span>
          </dt>
          <dd className="text-quiet">{words(`${reason}.advice`)}</dd>
        </div>
      ))}
    </dl>
  );
}
