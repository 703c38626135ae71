import type { Ledger } from '@footfall/core/ledger';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import type { LedgerOfDay } from '#reports/ledger.ts';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

const COLUMNS = ['received', 'stored', 'duplicate', 'rejected', 'pending'] as const;
type Column = (typeof COLUMNS)[number];

const CELL = 'px-0.5 py-2 text-right tabular-nums first:pl-0 last:pr-0 sm:px-3';

const sumRejected = ({ rejected }: Ledger): number =>
  Object.values(rejected).reduce((sum, count) => sum + count, 0);

const valueIn = (ledger: Ledger, column: Column): number =>
  column === 'rejected' ? sumRejected(ledger) : ledger[column];

/** Short on a phone, where six columns stand beside each other; exact where there is room, and for whoever listens. */
function Count({ value }: { value: number }) {
  const formats = useFormats();
  const exact = formats.exactNumber(value);
  return (
    <>
      <span aria-hidden className="sm:hidden">
        {formats.shortCount(value)}
      </span>
      <span className="max-sm:sr-only">{exact}</span>
    </>
  );
}

type RowProps = { head: ReactNode; ledger: Ledger; columns: readonly Column[]; className?: string };

function Row({ head, ledger, columns, className }: RowProps) {
  return (
    <tr className={className}>
      <th scope="row" className="py-2 pr-0.5 text-left font-normal whitespace-nowrap sm:pr-3">
        {head}
      </th>
      {columns.map((column) => {
        const value = valueIn(ledger, column);
        const isQuiet = value === 0 || column === 'received';
        return (
          <td
            key={column}
            className={classNames(CELL, isQuiet && column !== 'received' ? 'text-quiet' : undefined)}
          >
            <Count value={value} />
          </td>
        );
      })}
    </tr>
  );
}

type Props = {
  days: readonly LedgerOfDay[];
  total: Ledger;
  /** Whether it is known what is pending. */
  hasPending?: boolean;
};

/** What became of the events of the last days: what was received is the sum of the other columns, a day and all. */
export function LedgerTable({ days, total, hasPending = true }: Props) {
  const words = useWords('health');
  const columns = COLUMNS.filter((column) => hasPending || column !== 'pending');
  const formats = useFormats();
  return (
    <table className="w-full border-collapse text-xs sm:text-sm">
      <caption className="sr-only">{words('ledger')}</caption>
      <thead>
        <tr className="border-b border-line text-quiet">
          <th scope="col" className="py-2 pr-0.5 text-left font-normal sm:pr-3">
            {words('day')}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className={classNames(CELL, 'font-normal')}>
              {words(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {days.map(({ day, ...ledger }) => (
          <Row key={day} head={formats.dayAndMonth(day)} ledger={ledger} columns={columns} />
        ))}
      </tbody>
      <tfoot>
        <Row
          head={words('total')}
          ledger={total}
          columns={columns}
          className="border-t border-edge font-medium"
        />
      </tfoot>
    </table>
  );
}
