import type { Dimension } from '@footfall/core/dimension';
import type { Scope } from '@footfall/core/part-query';
import type { Duck } from '../duckdb/duckdb.ts';
import { matchWeight, type TextMatcher } from '../duckdb/text-matcher.ts';
import { reportStoreFailure } from '../errors.ts';
import type { ReaderTime } from '../reader-time.ts';
import { matchTextsOnly, type Resolve, rememberByDimension, resolver } from '../resolve.ts';
import { type FactSource, within } from '../sql/fact-source.ts';
import { sql, statement } from '../sql/sql.ts';
import { distinctTexts } from './distinct-texts.ts';

/** Texts that are listed to be matched piece by piece; 50,000 take some 50 ms. */
const MOST_LISTED = { texts: 50_000, characters: 8_000_000 };
/** Where there are more, a pattern of this weight is left to the reading of files, if the texts are of this length on average. */
const LIGHT = { weight: 200, length: 200 };

/** What texts a dimension has in files; `texts` null: too many to be listed. */
type Listed = { texts: readonly string[] | null; isShort: boolean };

export type FilePorts = { duck: Duck; matcher: TextMatcher; time: ReaderTime };

async function list(
  dimension: Dimension,
  scope: Scope,
  {
    relation,
    dialect,
    ask,
  }: FactSource & { ask: (query: ReturnType<typeof sql>) => ReturnType<Duck['ask']> },
): Promise<Listed> {
  // An event has many items, and their texts are short.
  if (dimension.kind === 'item') return { texts: null, isShort: true };
  const texts = distinctTexts(dimension, sql`${relation} WHERE ${within(scope)}`, dialect);
  const [[count, sum] = []] = await ask(
    sql`SELECT count(*)::double, coalesce(sum(length(text)), 0)::double FROM (${texts}) AS texts`,
  );
  const [number, characters] = [Number(count), Number(sum)];
  const isShort = characters <= number * LIGHT.length;
  if (number > MOST_LISTED.texts || characters > MOST_LISTED.characters) return { texts: null, isShort };
  return { texts: (await ask(texts)).map(([text]) => String(text)), isShort };
}

/**
 * DuckDB has RE2, but hears of a deadline only between two thousand rows: on long texts a pattern that is slow on purpose would keep its
 * threads for minutes. So the distinct texts are matched piece by piece, and files are asked for those that were found.
 */
export function fileResolver(scope: Scope, source: FactSource, { duck, matcher, time }: FilePorts): Resolve {
  const ask = (query: ReturnType<typeof sql>) =>
    duck.ask(statement(query), { timeoutMs: time.left(), pause: time.pause });
  const known = rememberByDimension((dimension) => list(dimension, scope, { ...source, ask }));
  return resolver(async (match) => {
    if (match.op !== 'matches') return match;
    const { texts, isShort } = await known(match.dimension);
    if (texts !== null)
      return matchTextsOnly(match, await matcher.find(match, texts, { owner: scope.siteId, time }));
    if (isShort && matchWeight(match) <= LIGHT.weight) return match;
    throw reportStoreFailure(
      'filter_too_complex',
      'this dimension has too many values for so large a regular expression; ask for fewer days, or with "contains"',
    );
  });
}
