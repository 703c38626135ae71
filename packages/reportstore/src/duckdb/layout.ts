import { ROLL_UP_DIMENSIONS } from '@footfall/core/roll-up';
import { FACT_FILE, type FactRow } from './fact-file.ts';
import { ROLL_UP_FILE, type RollUpFileRow } from './roll-up-file.ts';
import type { StageColumn } from './stage.ts';
import { VISIT_FILE, type VisitRow } from './visit-file.ts';

/** What the files of a month are made of. */
export type Layout = {
  facts: readonly StageColumn<FactRow>[];
  visits: readonly StageColumn<VisitRow>[];
  rollUps: readonly StageColumn<RollUpFileRow>[];
  /** Dimensions of which roll-ups are kept. */
  dimensions: readonly string[];
  /**
   * Raised when files are no longer what earlier programs take them for: a column that is gone, or one that means something else.
   * Earlier programs refuse files of a higher number. A column that is added raises nothing.
   */
  reader: number;
};

/** The files that this version of Footfall writes. */
export const LAYOUT: Layout = {
  facts: FACT_FILE,
  visits: VISIT_FILE,
  rollUps: ROLL_UP_FILE,
  dimensions: ROLL_UP_DIMENSIONS,
  reader: 1,
};

/** Names of what is in the files of a month on all its days. */
export type Contents = Record<'facts' | 'visits' | 'rollUps' | 'dimensions', readonly string[]> & {
  reader: number;
};

const columnNames = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => name);

/** What files of a layout contain. */
export function listContents({ facts, visits, rollUps, dimensions, reader }: Layout): Contents {
  return {
    facts: columnNames(facts),
    visits: columnNames(visits),
    rollUps: columnNames(rollUps),
    dimensions: [...dimensions],
    reader,
  };
}

const shared = (one: readonly string[], other: readonly string[]): string[] =>
  one.filter((name) => other.includes(name));

/** What both contain: of files whose days come from both. */
export function sharedContents(one: Contents, other: Contents): Contents {
  return {
    facts: shared(one.facts, other.facts),
    visits: shared(one.visits, other.visits),
    rollUps: shared(one.rollUps, other.rollUps),
    dimensions: shared(one.dimensions, other.dimensions),
    reader: Math.min(one.reader, other.reader),
  };
}

/** What files must contain to be complete: with less, the event store may know more of their days. */
export function neededContents(layout: Layout): Contents {
  const needed = <Column extends { isAlwaysAbsent?: boolean }>(columns: readonly Column[]) =>
    columns.filter(({ isAlwaysAbsent = false }) => !isAlwaysAbsent);
  return listContents({
    ...layout,
    facts: needed(layout.facts),
    visits: needed(layout.visits),
    rollUps: needed(layout.rollUps),
  });
}
