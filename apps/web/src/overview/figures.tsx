'use client';

import { METRICS } from '@footfall/core/metric';
import { ChartLine, Table2 } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { Chart } from '#chart/chart.tsx';
import type { ChartData } from '#chart/chart-data.ts';
import { ChartTable } from '#chart/chart-table.tsx';
import { addressWith } from '#reports/address.ts';
import { FIGURES, type Figure, type FigureName, type Series } from '#reports/figure.ts';
import type { Period } from '#reports/period.ts';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { FigureCell } from './figure-cell.tsx';

export const VIEW_EVENT = 'footfall:view';

function chartData(name: FigureName, { granularity, labels, lines, openFrom, previous }: Series): ChartData {
  const { label, unit } = METRICS[name];
  return {
    label,
    unit,
    granularity,
    labels,
    openFrom,
    values: lines[name],
    previous: previous && { labels: previous.labels, values: previous.lines[name] },
  };
}

/** What the address chooses here. Every line is on the page already, so a change needs no server. */
function useChoice() {
  const parameters = new URLSearchParams(useSearchParams());
  const choose = (change: Record<string, string | null>) =>
    window.history.replaceState(null, '', window.location.pathname + addressWith(parameters, change));
  const metric = FIGURES.find((name) => name === parameters.get('metric')) ?? FIGURES[0];
  const table = parameters.get('view') === 'table';
  return {
    metric,
    table,
    chooseMetric: (name: FigureName) => choose({ metric: name === FIGURES[0] ? null : name }),
    turn: () => choose({ view: table ? null : 'table' }),
  };
}

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
  /** The days of the period in words, and what it is compared with. */
  days: string;
  previous: Period['previous'];
};

/** The key figures in one row and the course of the chosen one. */
export function Figures({ figures, series, days, previous }: FiguresProps) {
  const { metric, table, chooseMetric, turn } = useChoice();
  useEffect(() => {
    window.addEventListener(VIEW_EVENT, turn);
    return () => window.removeEventListener(VIEW_EVENT, turn);
  });
  const data = chartData(metric, series);
  const Icon = table ? ChartLine : Table2;
  return (
    <Panel aria-label="Key figures" className="overflow-hidden">
      <div className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 lg:grid-cols-6">
        {figures.map((figure) => (
          <FigureCell
            key={figure.name}
            figure={figure}
            values={series.lines[figure.name].slice(0, series.openFrom ?? undefined)}
            previousDays={previous?.days ?? null}
            chosen={figure.name === metric}
            onChoose={() => chooseMetric(figure.name)}
          />
        ))}
      </div>
      <div className="border-t border-line px-4 pt-2 pb-3 sm:px-5">
        <div className="flex items-center justify-between gap-4 pb-2">
          <Legend days={days} previousSeriesDays={previous?.seriesDays ?? null} />
          <Button variant="quiet" className="-mr-2 px-2.5" onClick={turn}>
            <Icon aria-hidden className="size-4" />
            {table ? 'Chart' : 'Table'}
          </Button>
        </div>
        {table ? <ChartTable data={data} /> : <Chart data={data} />}
      </div>
    </Panel>
  );
}
