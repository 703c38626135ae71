import { DIMENSIONS, ITEM_DIMENSIONS, WORDED_DIMENSIONS } from '@footfall/core/dimension';
import { METRICS } from '@footfall/core/metric';
import { REJECTIONS } from '@footfall/core/rejection';
import { EXPORT_MEANINGS } from './export.ts';
import { CODES_BY_STATUS, FAILURE_MEANINGS } from './failures.ts';
import { COUNTED_MEANINGS, RANGE_MEANINGS, TIME_MEANINGS } from './names.ts';

/** Tables of docs/, made from those of the code. Each stands between `<!-- table: name -->` and `<!-- /table -->`. */

type Cells = readonly string[];

const code = (text: string | number) => `\`${text}\``;

function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const toRows = (meanings: Readonly<Record<string, string>>): Cells[] =>
  Object.entries(meanings).map(([name, meaning]) => [code(name), meaning]);

const TABLES: Readonly<Record<string, () => string>> = {
  metrics: () =>
    table(
      ['figure', 'in the API', 'what it is'],
      Object.entries(METRICS).map(([name, { label, meaning }]) => [label, code(name), meaning]),
    ),
  dimensions: () =>
    table(
      ['dimension', 'in the API', 'of'],
      [
        ...Object.entries(DIMENSIONS).map(([name, { label, scope }]) => [label, code(name), `the ${scope}`]),
        ...Object.entries(WORDED_DIMENSIONS).map(([name, { label, of }]) => [
          label,
          code(name),
          `the visit: ${code(of)} in English words`,
        ]),
        ['Goal', code('event:goal'), 'the event: each goal that it reaches'],
        ['Property', code('event:props:NAME'), 'the event'],
        ...Object.entries(ITEM_DIMENSIONS).map(([name, { label }]) => [
          label,
          code(name),
          'items of an order',
        ]),
      ],
    ),
  times: () => table(['dimension', 'bucket'], toRows(TIME_MEANINGS)),
  ranges: () => table(['date_range', 'days'], toRows({ ...RANGE_MEANINGS, ...COUNTED_MEANINGS })),
  columns: () =>
    table(
      ['column', 'what it is'],
      Object.entries(EXPORT_MEANINGS).map(([name, { meaning }]) => [code(name), meaning]),
    ),
  rejections: () => table(['reason', 'meaning'], toRows(REJECTIONS)),
  failures: () =>
    table(
      ['status', 'code', 'meaning'],
      [...CODES_BY_STATUS].flatMap(([status, codes]) =>
        codes.map((name) => [String(status), code(name), FAILURE_MEANINGS[name]]),
      ),
    ),
};

const BLOCK = /(<!-- table: (\w+) -->\n).*?(<!-- \/table -->)/gs;

/** A page of docs/ with its tables as they are now. */
export function withTables(page: string): string {
  return page.replace(BLOCK, (_, start: string, name: string, end: string) => {
    const make = TABLES[name];
    if (make === undefined) throw new Error(`there is no table ${name}`);
    return `${start}${make()}\n${end}`;
  });
}

/** Pages of docs/ with such tables. */
export const PAGES = ['api.md', 'metrics.md'] as const;

/** Where a page lies. */
export const pageUrl = (page: (typeof PAGES)[number]): URL =>
  new URL(`../../../../../docs/${page}`, import.meta.url);
