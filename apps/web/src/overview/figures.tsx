'use client';

import { METRICS } from '@footfall/core/metric';
import { ChartLine, Table2 } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Chart } from '#chart/chart.tsx';
import type { ChartData } from '#chart/chart-data.ts';
import { ChartTable } from '#chart/chart-table.tsx';
import type { Refinement } from '#reports/address.ts';
import { FIGURES, type Figure, type FigureName, type Series } from '#reports/figure.ts';
import type { Period } from '#reports/period.ts';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import { FigureCell } from './figure-cell.tsx';
import { usePeriodText } from './period-text.ts';
import { refinedHere } from './refine.tsx';

function chartData(name: FigureName, label: string, series: Series): ChartData {
  const { granularity, labels, lines, openFrom, previous } = series;
  return {
    label,
    unit: METRICS[name].unit,
    granularity,
    labels,
    openFrom,
    values: lines[name],
    previous: previous && { labels: previous.labels, values: previous.lines[name] },
  };
}

// Every line is on the page already, so these changes need no server; Next hears of them all the same.
const choose = (refinement: Refinement) => window.history.replaceState(null, '', refinedHere(refinement));

const chooseMetric = (name: FigureName) => choose({ set: { metric: name === FIGURES[0] ? null : name } });

/** Turns the chart into its table and back. */
export const turnChart = () => choose({ toggle: { name: 'view', value: 'table' } });

type LegendProps = { days: string; previousSeriesDays: string | null };

function Legend({ days, previousSeriesDays }: LegendProps) {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-quiet">
      <span className="inline-flex items-center gap-1.5">
        <span className="h-0.5 w-3 bg-accent" />
        {days}
      </span>
      {previousSeriesDays !== null && (
        <span className="inline-flex items-center gap-1.5">
          <span className="h-0.5 w-3 bg-compare" />
          {previousSeriesDays}
        </span>
      )}
    </p>
  );
}

type FiguresProps = {
  figures: readonly Figure[];
  series: Series;
  /** The days of the period, and what it is compared with. */
  days: Period['days'];
  previous: Period['previous'];
};

/** The key figures in one row and the course of the chosen one. */
export function Figures({ figures, series, days, previous }: FiguresProps) {
  const parameters = useSearchParams();
  const metric = FIGURES.find((name) => name === parameters.get('metric')) ?? FIGURES[0];
  const table = parameters.get('view') === 'table';
  const words = useWords('overview');
  const metrics = useWords('metrics');
  const text = usePeriodText();
  const data = chartData(metric, metrics(metric), series);
  const Icon = table ? ChartLine : Table2;
  return (
    <Panel aria-label={words('keyFigures')} className="overflow-hidden">
      <div className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 lg:grid-cols-6">
        {figures.map((figure) => (
          <FigureCell
            key={figure.name}
            figure={figure}
            values={series.lines[figure.name].slice(0, series.openFrom ?? undefined)}
            previousDays={previous && text.previousFigures(previous)}
            chosen={figure.name === metric}
            onChoose={() => chooseMetric(figure.name)}
          />
        ))}
      </div>
      <div className="border-t border-line px-4 pt-2 pb-3 sm:px-5">
        <div className="flex items-center justify-between gap-4 pb-2">
          <Legend days={text.days(days)} previousSeriesDays={previous && text.previousSeries(previous)} />
          <Button variant="quiet" className="-mr-2 px-2.5" onClick={turnChart}>
            <Icon aria-hidden className="size-4" />
            {table ? words('chart') : words('table')}
          </Button>
        </div>
        {table ? <ChartTable data={data} /> : <Chart data={data} />}
      </div>
    </Panel>
  );
}
