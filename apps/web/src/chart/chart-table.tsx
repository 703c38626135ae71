import { exactValue } from '#format/number.ts';
import { bucketText } from './bucket-text.ts';
import type { ChartData } from './chart.tsx';

const CELL = 'py-1.5 pr-4 text-right tabular-nums';

/** The chart's numbers as a table. */
export function ChartTable({ data }: { data: ChartData }) {
  const { label, labels, values, previous, granularity, unit, openFrom } = data;
  const known = openFrom === null ? labels : labels.slice(0, openFrom + 1);
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{label} over time</caption>
      <thead>
        <tr className="border-b border-line text-quiet">
          <th scope="col" className="py-1.5 text-left font-normal">
            Time
          </th>
          <th scope="col" className={`${CELL} font-normal`}>
            {label}
          </th>
          {previous !== null && (
            <th scope="col" className={`${CELL} font-normal`}>
              Before
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {known.map((bucket, index) => (
          <tr key={bucket} className="border-b border-line last:border-0">
            <th scope="row" className="py-1.5 text-left font-normal">
              {bucketText(bucket, granularity)}
              {index === openFrom && <span className="text-quiet"> so far</span>}
            </th>
            <td className={CELL}>{exactValue(values[index] ?? null, unit)}</td>
            {previous !== null && (
              <td className={`${CELL} text-quiet`}>{exactValue(previous.values[index] ?? null, unit)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
