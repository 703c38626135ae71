import { BREAKDOWNS } from '#reports/breakdown.ts';
import { BreakdownPanel } from './breakdown-panel.tsx';
import { Figures } from './figures.tsx';
import { FilterChips } from './filter-chips.tsx';
import type { LoadedOverview } from './load.ts';

/** The numbers of the overview, wherever it stands: figures, chart and lists under the filters of the address. */
export function OverviewReport({
  loaded,
  parameters,
}: {
  loaded: LoadedOverview;
  parameters: URLSearchParams;
}) {
  const { period, compare, segment, report } = loaded;
  return (
    <>
      <FilterChips parameters={parameters} segment={segment} />
      <Figures
        figures={report.figures}
        series={report.series}
        days={period.days}
        previous={compare ? period.previous : null}
      />
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
        {report.panels.map((rows) => (
          <BreakdownPanel
            key={BREAKDOWNS[rows.breakdown].panel}
            panel={BREAKDOWNS[rows.breakdown].panel}
            rows={rows}
            parameters={parameters}
          />
        ))}
      </div>
    </>
  );
}
