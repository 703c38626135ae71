import type { ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';

/** A column; `number`: at the right; `whole`: of a word that never breaks; `wide`: left out on a phone. */
export type Column = { head: string; number?: true; whole?: true; wide?: true };

const cellClass = ({ number, whole, wide }: Column) =>
  classNames(
    'py-2.5 pr-3 align-top last:pr-0',
    number === true ? 'text-right tabular-nums' : 'text-left',
    number === true || whole === true ? 'whitespace-nowrap' : 'wrap-anywhere',
    wide === true ? 'max-sm:hidden' : undefined,
  );

/** A row: its key, and a cell a column; the first names it. */
export type Row = { key: string; cells: readonly ReactNode[] };

/** A list of what the installation has: strangers' texts stand in it, so that every cell may break anywhere. */
export function StaffTable({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly Row[];
}) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-quiet">
          {columns.map((column) => (
            <th
              key={column.head}
              scope="col"
              className={classNames(
                cellClass(column),
                'font-normal max-sm:whitespace-normal max-sm:wrap-normal',
              )}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.head} scope="row" className={classNames(cellClass(column), 'font-normal')}>
                  {cells[index]}
                </th>
              ) : (
                <td key={column.head} className={cellClass(column)}>
                  {cells[index]}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
