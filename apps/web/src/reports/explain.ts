import { dimensionName } from '@footfall/core/dimension';
import type { GroupKey, PartQuery, PartRow } from '@footfall/core/part-query';
import type { AnswerContext } from '@footfall/core/query/answer';
import { countDays } from '@footfall/core/zone';

/** One question to the report store, as operators read it. */
export type ExplainedQuestion = {
  source: PartQuery['source'];
  relation: PartQuery['relation'];
  parts: readonly string[];
  group_by: string[];
  filtered: boolean;
  /** Local days that it is about. */
  days: number;
  /** Rows of the store's answer. */
  rows: number;
  /** Milliseconds from asking to the answer, waiting for its turn included. */
  ms: number;
};

export type Explanation = { ms: number; questions: ExplainedQuestion[] };

const tenths = (ms: number) => Math.round(ms * 10) / 10;

const groupName = (key: GroupKey): string =>
  key.kind === 'dimension' ? dimensionName(key.dimension) : key.kind;

function explained(query: PartQuery, answer: { rows: number; ms: number }): ExplainedQuestion {
  return {
    source: query.source,
    relation: query.relation,
    parts: query.parts,
    group_by: query.groupBy.map(groupName),
    filtered: query.source === 'facts' && (query.filter !== null || query.between !== null),
    days: query.days.reduce((sum, { from, to }) => sum + countDays(from, to), 0),
    rows: answer.rows,
    ms: tenths(answer.ms),
  };
}

/**
 * A context that notes what it asks the report store, and answers nothing from memory. `explanation` is complete when the
 * answer is; its time runs from now.
 */
export function explaining<Context extends AnswerContext>(
  context: Context,
): { context: Context; explanation: () => Explanation } {
  const begun = performance.now();
  const questions: ExplainedQuestion[] = [];
  const note = (query: PartQuery, rows: readonly PartRow[], asked: number) =>
    questions.push(explained(query, { rows: rows.length, ms: performance.now() - asked }));
  const noting: Context = {
    ...context,
    read: (use) =>
      context.read((source) =>
        use({
          ...source,
          run: async (query) => {
            const asked = performance.now();
            const rows = await source.run(query);
            note(query, rows, asked);
            return rows;
          },
          ...(source.top === undefined
            ? {}
            : {
                top: async (query) => {
                  const asked = performance.now();
                  const first = (await source.top?.(query)) ?? null;
                  note(query, first?.rows ?? [], asked);
                  return first;
                },
              }),
        }),
      ),
    remember: async (_, make) => (await make()).body,
  };
  return { context: noting, explanation: () => ({ ms: tenths(performance.now() - begun), questions }) };
}
