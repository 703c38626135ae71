import type { PartQuery, PartRow, TopQuery, TopRows } from '../part-query.ts';
import { ROLL_UP_OTHER } from '../roll-up.ts';
import type { Query } from './query.ts';

/** What tells whether answers of roll-ups hold values that sealing has added up; see roll-up.ts. */
export type CutValuesWatch = {
  run(query: PartQuery): Promise<PartRow[]>;
  top: ((query: TopQuery) => Promise<TopRows | null>) | null;
  /** The dimension of which some were, as it was asked for; null: of none, as far as was answered. */
  dimension(): string | null;
};

type Asked = { run(query: PartQuery): Promise<PartRow[]>; top?: CutValuesWatch['top'] };

/** Asks a source and looks at what it answers. Groups that were chosen are passed over: there the same text stands for all others. */
export function watchCutValues({ dimensions }: Query, { run, top = null }: Asked): CutValuesWatch {
  const name = dimensions.find(({ kind }) => kind === 'text')?.name ?? null;
  let isCut = false;
  const look = ({ source, bound, groupBy }: PartQuery, rows: readonly PartRow[]): void => {
    if (isCut || source !== 'rollUps' || bound?.kind === 'only') return;
    const at = groupBy.findIndex(({ kind }) => kind === 'dimension');
    isCut = at !== -1 && rows.some(({ key }) => key[at] === ROLL_UP_OTHER);
  };
  return {
    run: async (query) => {
      const rows = await run(query);
      look(query, rows);
      return rows;
    },
    top:
      top === null
        ? null
        : async (query) => {
            const answer = await top(query);
            if (answer !== null) look(query, answer.rows);
            return answer;
          },
    dimension: () => (isCut ? name : null),
  };
}
