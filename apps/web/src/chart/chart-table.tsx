import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import { bucketTexts } from './bucket-text.ts';
import type { ChartData } from './chart-data.ts';

const CELL = 'py-1.5 pr-4 text-right tabular-nums';

/** The chart's numbers as a table. */
export function ChartTable({ data }: { data: ChartData }) {
  const words = useWords('chart');
  const formats = useFormats();
  const bucketText = bucketTexts(words, formats);
  const { label, labels, values, previous, granularity, unit, openFrom } = data;
  const known = openFrom === null ? labels : labels.slice(0, openFrom + 1);
  return (
    <section
      aria-label={words('overTime', { label })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
      className="max-h-70 overflow-y-auto rounded-sm"
    >
      <table className="w-full text-sm">
        <caption className="sr-only">{words('overTime', { label })}</caption>
        <thead>
          <tr className="sticky top-0 bg-surface text-quiet shadow-[0_1px_var(--color-line)]">
            <th scope="col" className="py-1.5 text-left font-normal">
              {words('time')}
            </th>
            <th scope="col" className={`${CELL} font-normal`}>
              {label}
            </th>
            {previous !== null && (
              <th scope="col" className={`${CELL} font-normal`}>
                {words('before')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {known.map((bucket, index) => (
            <tr key={bucket} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 text-left font-normal">
                {bucketText(bucket, granularity)}
                {index === openFrom && <span className="text-quiet"> {words('soFar')}</span>}
              </th>
              <td className={CELL}>{formats.exactValue(values[index] ?? null, unit)}</td>
              {previous !== null && (
                <td className={`${CELL} text-quiet`}>
                  {formats.exactValue(previous.values[index] ?? null, unit)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
