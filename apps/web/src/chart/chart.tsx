'use client';

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import { bucketTexts } from './bucket-text.ts';
import { type ChartData, HEIGHT } from './chart-data.ts';
import { ChartLines } from './chart-lines.tsx';
import { Crosshair } from './crosshair.tsx';
import { bucketAtPlace } from './plot.ts';
import { valueScale } from './scale.ts';
import { chooseTicks } from './ticks.ts';

const SCALE_KIND = { count: 'whole', percent: 'whole', ratio: 'fraction', seconds: 'seconds' } as const;

/** What the keys do to the bucket under the crosshair. */
const STEPS: Readonly<Record<string, (bucket: number, last: number) => number>> = {
  ArrowLeft: (bucket) => Math.max(0, bucket - 1),
  ArrowRight: (bucket, last) => Math.min(last, bucket + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** What a screen reader says of a bucket. */
function useSpokenBucket({
  labels,
  values,
  granularity,
  unit,
  label,
}: ChartData): (bucket: number) => string {
  const words = useWords('chart');
  const formats = useFormats();
  const bucketText = bucketTexts(words, formats);
  return (index) => {
    const bucketLabel = labels[index];
    if (bucketLabel === undefined) return words('nothing');
    const bucket = bucketText(bucketLabel, granularity);
    const value = values[index] ?? null;
    return value === null
      ? words('spokenNoData', { bucket, label })
      : words('spoken', { bucket, value: formats.spokenValue(value, unit), label });
  };
}

/** A line over time, drawn on the server as it is in the browser: widths are percents, so nothing is measured and nothing jumps. */
export function Chart({ data }: { data: ChartData }) {
  const { labels, values, previous, unit, granularity } = data;
  const words = useWords('chart');
  const formats = useFormats();
  const spokenBucket = useSpokenBucket(data);
  const [bucket, setBucket] = useState<number | null>(null);
  const last = labels.length - 1;
  const largest = Math.max(0, ...[...values, ...(previous?.values ?? [])].map((value) => value ?? 0));
  const scale = valueScale(largest, SCALE_KIND[unit]);
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setBucket(bucketAtPlace(((event.clientX - left) / width) * 100, labels.length));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === 'Escape') setBucket(null);
    if (step === undefined) return;
    event.preventDefault();
    setBucket(step(bucket ?? data.openFrom ?? last, last));
  };
  const shown = bucket === null || bucket > last ? null : bucket;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={words('overTime', { label: data.label })}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={shown ?? data.openFrom ?? last}
      aria-valuetext={spokenBucket(shown ?? data.openFrom ?? last)}
      className="relative h-70 touch-pan-y rounded-sm outline-offset-8!"
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => setBucket(null)}
      onBlur={() => setBucket(null)}
      onKeyDown={onKey}
    >
      <svg width="100%" height={HEIGHT} className="overflow-visible" aria-hidden="true">
        <ChartLines
          data={data}
          scale={scale}
          ticks={chooseTicks(labels, granularity, formats)}
          lineText={(value) => formats.shortValue(value, unit)}
        />
      </svg>
      {largest === 0 && (
        <p aria-hidden="true" className="absolute inset-0 grid place-items-center text-quiet">
          <span className="bg-surface px-3">{words('nothing')}</span>
        </p>
      )}
      {shown !== null && <Crosshair data={data} bucket={shown} topValue={scale.top} />}
    </div>
  );
}
