import type { EventRemoval } from '@footfall/db/tenant/removal';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

type Props = {
  /** Latest first. */
  resets: readonly EventRemoval[];
  timezone: string;
  /** Whether reports are being made anew. */
  isRecounting: boolean;
};

/** How far the latest reset is, or when it was and what it took; nothing when there was none. */
export function ResetProgress({ resets: [latest], timezone, isRecounting }: Props) {
  const words = useWords('life');
  const formats = useFormats();
  if (latest === undefined) return null;
  const count = formats.exactNumber(latest.removed);
  if (latest.state === 'removing') {
    const percent = latest.progress === null ? null : Math.floor(latest.progress * 100);
    return (
      <div className="space-y-2" role="status">
        <p>{words('resetting', { count })}</p>
        <progress
          className="h-2 w-full accent-accent"
          aria-label={words('resetTitle')}
          max={100}
          {...(percent === null ? {} : { value: percent })}
        />
      </div>
    );
  }
  const when = formats.momentAt(latest.finishedAt ?? latest.requestedAt, timezone);
  return (
    <p role="status" className="rounded-md border border-line bg-sunken px-3 py-2 text-quiet">
      {words(isRecounting ? 'resetCounting' : 'resetDone', { count, when })}
    </p>
  );
}
