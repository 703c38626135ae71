import { METRICS } from '@footfall/core/metric';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { areaPath, linePath, splitRuns } from '#chart/plot.ts';
import { useFormats } from '#format/formats.ts';
import { type Figure, MORE_IS_BETTER } from '#reports/figure.ts';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

function Change({ figure: { name, change } }: { figure: Figure }) {
  const { percent } = useFormats();
  if (change === null) return null;
  if (change === 0) return <span className="text-xs text-quiet tabular-nums">{percent(0)}</span>;
  const Arrow = change > 0 ? ArrowUp : ArrowDown;
  const better = change > 0 === MORE_IS_BETTER[name];
  return (
    <span
      className={classNames(
        'inline-flex items-center text-xs font-medium tabular-nums',
        better ? 'text-better' : 'text-worse',
      )}
    >
      <Arrow aria-hidden className="size-3" strokeWidth={2.5} />
      {percent(Math.abs(change))}
    </span>
  );
}

const SPARK = { top: 2, zero: 28 };

function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const largest = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const runs = splitRuns(values, largest, SPARK);
  return (
    <svg
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      className="h-7 w-full overflow-visible"
      aria-hidden="true"
    >
      {runs.map((run) => (
        <g key={run[0]?.x}>
          <path d={areaPath(run, SPARK.zero)} className="fill-accent opacity-10" />
          <path
            d={linePath(run)}
            vectorEffect="non-scaling-stroke"
            className="fill-none stroke-accent stroke-[1.5]"
            strokeLinejoin="round"
          />
        </g>
      ))}
    </svg>
  );
}

/** What a screen reader says of a figure, behind its label. */
function useSpoken({ name, value, change }: Figure): string {
  const words = useWords('overview');
  const { spokenValue, percent } = useFormats();
  const text = value === null ? words('noData') : spokenValue(value, METRICS[name].unit);
  if (change === null) return text;
  if (change === 0) return words('spokenUnchanged', { value: text });
  return words(change > 0 ? 'spokenUp' : 'spokenDown', { value: text, change: percent(Math.abs(change)) });
}

/** What a pointer that rests on a figure reads. */
function useHint({ name, value, previous }: Figure, previousDays: string | null): string {
  const words = useWords('overview');
  const { exactValue } = useFormats();
  const { unit } = METRICS[name];
  const now = exactValue(value, unit);
  if (previousDays === null) return now;
  return `${now}\n${words('valueIn', { value: exactValue(previous, unit), days: previousDays })}`;
}

type FigureCellProps = {
  figure: Figure;
  /** Its course; what is not over is left out, for half a day looks like a fall. */
  values: readonly (number | null)[];
  /** What it is compared with, in words. */
  previousDays: string | null;
  chosen: boolean;
  onChoose: () => void;
};

/** A key figure with its change and course; the chosen one drives the chart. */
export function FigureCell({ figure, values, previousDays, chosen, onChoose }: FigureCellProps) {
  const { name, value } = figure;
  const metrics = useWords('metrics');
  const { shortValue } = useFormats();
  const hint = useHint(figure, previousDays);
  const spoken = useSpoken(figure);
  const { unit } = METRICS[name];
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={hint}
      data-metric={name}
      data-value={value ?? ''}
      onClick={onChoose}
      className={classNames(
        'relative flex flex-col gap-1 bg-surface px-3 pt-3.5 sm:px-4 pb-3 text-left -outline-offset-4! hover:bg-sunken',
        chosen && 'before:absolute before:inset-x-0 before:top-0 before:h-0.5 before:bg-accent',
      )}
    >
      <span className="flex items-baseline justify-between gap-1">
        <span className={chosen ? 'font-medium text-ink' : 'text-quiet'}>{metrics(name)}</span>
        <span className="sr-only">{spoken}</span>
        <span aria-hidden="true">
          <Change figure={figure} />
        </span>
      </span>
      <span aria-hidden="true" className="text-xl font-semibold tracking-tight tabular-nums">
        {shortValue(value, unit)}
      </span>
      <Sparkline values={values} />
    </button>
  );
}
