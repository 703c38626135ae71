import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ODD_TEXTS } from '../facts.fixture.ts';
import './keep-marks.ts';
import { openStage, type StageColumn } from './stage.ts';

type Row = {
  text: string | null;
  day: string;
  amount: string | null;
  count: number | null;
  large: number;
  flag: boolean;
};

const COLUMNS: readonly StageColumn<Row>[] = [
  { name: 'text', type: 'text', cell: ({ text }) => text },
  { name: 'day', type: 'date', cell: ({ day }) => day },
  { name: 'amount', type: 'decimal', cell: ({ amount }) => amount },
  { name: 'count', type: 'integer', cell: ({ count }) => count },
  { name: 'large', type: 'bigint', cell: ({ large }) => large },
  { name: 'flag', type: 'boolean', cell: ({ flag }) => flag },
];

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const row = fc.record({
  text: fc.option(fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'grapheme' }))),
  day: fc.constantFrom('2026-01-31', '1999-12-31'),
  amount: fc.option(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }).map(String)),
  count: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  large: fc.maxSafeInteger(),
  flag: fc.boolean(),
});

test('rows come out as they went in, in their order, whatever was staged before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 50 }), async (rows) => {
      const stage = await openStage(connection, 'a_stage', COLUMNS);
      for (const one of rows) {
        stage.add(one);
        await stage.settle();
      }
      const names = `"text", "day"::VARCHAR, "amount"::VARCHAR, "count", "large"::DOUBLE, "flag"`;
      const found = await connection.runAndReadAll(`SELECT ${names} FROM (${await stage.end()})`);
      await stage.drop();
      const stored = (text: string | null) => (text === null ? null : text.replaceAll('\0', ''));
      expect(found.getRows()).toEqual(
        rows.map(({ text, day, amount, count, large, flag }) => [
          stored(text),
          day,
          amount,
          count,
          large,
          flag,
        ]),
      );
    }),
    { numRuns: 30 },
  );
});

test('more texts than are held at a time change nothing, and a stage that is dropped leaves nothing', async () => {
  const rows = 450_000;
  const numbered = openStage<number>(connection, 'many', [
    { name: 'own', type: 'text', cell: (n) => `text ${n}` },
    { name: 'shared', type: 'text', cell: (n) => `text ${n % 10}` },
    { name: 'n', type: 'integer', cell: (n) => n },
  ]);
  const stage = await numbered;
  for (let n = 0; n < rows; n++) {
    stage.add(n);
    if (n % 5_000 === 0) await stage.settle();
  }
  const select = await stage.end();
  expect(select).toContain('UNION ALL');
  const [[found, right, ordered] = []] = (
    await connection.runAndReadAll(
      `SELECT count(*)::DOUBLE, count(*) FILTER (WHERE own = 'text ' || n AND shared = 'text ' || n % 10)::DOUBLE,
         bool_and(n = place) FROM (SELECT *, row_number() OVER () - 1 AS place FROM (${select}))`,
    )
  ).getRows();
  expect([found, right, ordered]).toEqual([rows, rows, true]);
  await stage.drop();
  const tables = await connection.runAndReadAll(`SELECT table_name FROM duckdb_tables()`);
  expect(tables.getRows()).toEqual([]);
});
