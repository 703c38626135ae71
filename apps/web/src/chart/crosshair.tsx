import { useFormats } from '#format/formats.ts';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';
import { bucketTexts, previousTexts } from './bucket-text.ts';
import { type ChartData, FRAME, HEIGHT } from './chart-data.ts';
import { horizontalPlace, verticalPlace } from './plot.ts';

type CrosshairProps = { data: ChartData; bucket: number; topValue: number };

function Row({ mark, label, value }: { mark: string; label: string; value: string }) {
  return (
    <div className="flex items-baseline gap-2">
      <span className={classNames('inline-block h-0.5 w-3 shrink-0 -translate-y-1', mark)} />
      <dt className="flex-1 text-quiet">{label}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}

/** The bucket under the pointer, with the values of all lines. Only ever drawn in the browser. */
export function Crosshair({ data, bucket, topValue }: CrosshairProps) {
  const formats = useFormats();
  const words = useWords('chart');
  const bucketText = bucketTexts(words, formats);
  const previousText = previousTexts(words, formats);
  const { labels, values, previous, granularity, unit } = data;
  const place = horizontalPlace(bucket, labels.length);
  const value = values[bucket] ?? null;
  const before = previous?.labels[bucket];
  const side = place > 50 ? { right: `calc(${100 - place}% + 12px)` } : { left: `calc(${place}% + 12px)` };
  return (
    <>
      <svg
        width="100%"
        height={HEIGHT}
        className="pointer-events-none absolute inset-0 overflow-visible"
        aria-hidden="true"
      >
        <line x1={`${place}%`} x2={`${place}%`} y1={FRAME.top} y2={FRAME.zero} className="stroke-edge" />
        {value !== null && (
          <circle
            cx={`${place}%`}
            cy={verticalPlace(value, topValue, FRAME)}
            r="4"
            className="fill-accent stroke-surface stroke-2"
          />
        )}
      </svg>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute top-4 z-10 min-w-48 rounded-md border border-line bg-surface px-3 py-2 text-xs shadow-float"
        style={side}
      >
        <p className="pb-1.5 font-medium">{bucketText(labels[bucket] ?? '', granularity)}</p>
        <dl className="space-y-1">
          <Row mark="bg-accent" label={data.label} value={formats.exactValue(value, unit)} />
          {before && (
            <Row
              mark="bg-compare"
              label={previousText(before, granularity)}
              value={formats.exactValue(previous?.values[bucket] ?? null, unit)}
            />
          )}
        </dl>
      </div>
    </>
  );
}
