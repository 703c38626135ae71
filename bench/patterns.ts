import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MAX_PATTERN_CHARACTERS, selectPagePatterns } from '../packages/core/src/intake-rules.ts';
import { compilePagePatterns } from '../packages/core/src/page-matcher.ts';
import { pagePattern } from '../packages/core/src/page-pattern.ts';
import { parseFilters } from '../packages/core/src/query/filter.ts';
import { createTextMatcher } from '../packages/reportstore/src/duckdb/text-matcher.ts';
import { beginTime } from '../packages/reportstore/src/reader-time.ts';

/**
 * What patterns cost, hostile and usual ones, and how long the event loop stands meanwhile: `npm run bench:patterns`. Ratios are of one run.
 */

const ROUNDS = 7;

/** Milliseconds of the fastest of several runs. */
function fastest(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}

const print = (what: string, ...figures: string[]) =>
  console.log(`${what.padEnd(72)} ${figures.join('   ')}`);
const ms = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 1 ? 4 : 1)} ms`;

function benchPagePatterns(): void {
  const path = `/${'a'.repeat(4_000)}`;
  const usual = compilePagePatterns(['/account/**', '/checkout/*', '/p/*/reviews']);
  const baseline = fastest(() => usual('/products/mug-blue'));
  print('exclusions: three usual ones, a usual path', ms(baseline));
  const hostile = Array.from({ length: 15 }, (_, n) => `/${'**a*a'.repeat(36)}b${n}`);
  print(
    'exclusions: 15 of 190 characters, a path of 4,000, compiled',
    ms(fastest(() => compilePagePatterns(hostile))),
  );
  print('exclusions: the same, matched', ms(fastest(() => compilePagePatterns(hostile)(path))));
  const crowded = Array.from({ length: 200 }, (_, n) => `/${'*a'.repeat(9)}${'a'.repeat(170)}/**/b${n}`);
  const { applied } = selectPagePatterns(crowded);
  const most = compilePagePatterns(applied);
  const worst = fastest(() => most(path));
  print(`exclusions: as many as may be (${MAX_PATTERN_CHARACTERS} characters), a path of 4,000`, ms(worst));
  const one = new RegExp(pagePattern(`/${'**a'.repeat(2)}b`), 's');
  const expression = fastest(() => one.test(path));
  const automaton = compilePagePatterns([`/${'**a'.repeat(2)}b`]);
  const ratio = expression / fastest(() => automaton(path));
  print(
    'one pattern of two wildcards: a backtracking expression against the automaton',
    `${ratio.toFixed(0)} times`,
  );
}

function benchParsing(): void {
  const attack = ['matches', 'event:page', ['a{1000}'.repeat(142)]];
  const refused = fastest(() => {
    try {
      parseFilters(Array(64).fill(attack), { goals: [] });
    } catch {
      // It is refused: that is what is measured.
    }
  });
  print('a query of 64 expressions of 994 characters, refused', ms(refused));
  const largest = Array.from({ length: 4 }, (_, n) => ['matches', 'event:page', [`x${n}a{900}`]]);
  print(
    'a query of four expressions of 900 instructions, read',
    ms(fastest(() => parseFilters(largest, { goals: [] }))),
  );
}

async function benchMatching(): Promise<void> {
  const matcher = createTextMatcher();
  const asker = { owner: 'bench', time: beginTime(120_000) };
  const match = (pattern: string) =>
    ({
      type: 'match',
      op: 'matches',
      dimension: { kind: 'column', name: 'event:page' },
      values: [pattern],
      caseSensitive: true,
    }) as const;
  await matcher.find(match('a'), ['a'], asker);
  const runs: [string, string, readonly string[]][] = [
    ['20,000 pages, ^/p/\\d+$', '^/p/\\d+$', Array.from({ length: 20_000 }, (_, n) => `/p/some-thing/${n}`)],
    [
      '22 paths of 2,000 characters, an expression that is slow on purpose',
      '(a|b)*a(a|b){100}c',
      Array.from({ length: 22 }, (_, n) => `/${n}${'ab'.repeat(1_000)}`),
    ],
  ];
  for (const [what, pattern, texts] of runs) {
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const began = performance.now();
    await matcher.find(match(pattern), texts, asker);
    const took = performance.now() - began;
    delay.disable();
    print(what, ms(took), `event loop stood ${ms(delay.max / 1e6)} at most`);
  }
  await matcher.close();
}

benchPagePatterns();
benchParsing();
await benchMatching();
