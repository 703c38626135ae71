import type { Pool } from './pool.ts';

/** Answers a statement with rows; throws what the server would say. */
export type Answer = (text: string, values: readonly unknown[]) => readonly object[] | undefined;

export type FakePool = {
  pool: Pool;
  /** Statements in their order, the first line of each. */
  statements: string[];
  /** How its connection came back: `true`: it is thrown away. */
  releases: (boolean | undefined)[];
};

/** A pool with one connection to nothing: what is said to it is kept, and a test answers. */
export function fakePool(answer: Answer = () => undefined): FakePool {
  const statements: string[] = [];
  const releases: (boolean | undefined)[] = [];
  const query = async (text: string, values: readonly unknown[] = []) => {
    statements.push(text.split('\n', 1)[0] ?? '');
    const rows = answer(text, values) ?? [];
    return { rows, rowCount: rows.length };
  };
  const client = { query, release: (broken?: boolean) => void releases.push(broken) };
  const pool = { query, connect: async () => client } as unknown as Pool;
  return { pool, statements, releases };
}
