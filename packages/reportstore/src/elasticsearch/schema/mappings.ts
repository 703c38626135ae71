import type { estypes } from '@elastic/elasticsearch';
import { FACT_COLUMNS } from '@footfall/core/dimension';
import { EVENT_FLAGS, FACT_FIELDS, PAIR_FIELDS, VISIT_FIELDS } from '@footfall/core/fact-field';
import { COUNT_PARTS, MONEY_PARTS } from '@footfall/core/part';
import { ITEM_SUMS } from '../../facts.ts';
import { DIGIT_GROUPS } from './digit-groups.ts';
import { firstOfPair, mergedOfPair, visitField } from './fields.ts';

type Properties = Record<string, estypes.MappingProperty>;

const KEYWORD = { type: 'keyword' } as const;
/** Added up and never looked for. */
const SUMMED = { type: 'long', index: false } as const;
const FLAG = { type: 'boolean' } as const;
/** Kept in the document, and nothing else. */
const KEPT = { type: 'object', enabled: false } as const;

const each = (names: readonly string[], mapping: estypes.MappingProperty): Properties =>
  Object.fromEntries(names.map((name) => [name, mapping]));

const digitGroups = (name: string): Properties =>
  each(
    DIGIT_GROUPS.map((place) => `${name}${place}`),
    SUMMED,
  );

/** What can be asked of an event, and of an item of it in the same words. */
const OF_EVENT: Properties = {
  ...each(FACT_COLUMNS, KEYWORD),
  ...each(['day', 'currency', 'itemSku', 'itemName', 'itemCategory'], KEYWORD),
  at: { type: 'long' },
  hour: SUMMED,
  visitHour: SUMMED,
  paid: FLAG,
  props: { type: 'flattened' },
};

const ITEMS: Properties = {
  ...OF_EVENT,
  ...each(['ownSku', 'ownName', 'ownCategory'], KEYWORD),
  quantity: SUMMED,
  ...digitGroups('worth'),
};

const EVENTS: Properties = {
  ...OF_EVENT,
  ...each(EVENT_FLAGS, FLAG),
  ...each(
    ITEM_SUMS.map(({ column }) => column),
    SUMMED,
  ),
  ...each(
    PAIR_FIELDS.flatMap((field) => [field, mergedOfPair(field), firstOfPair(field)]),
    SUMMED,
  ),
  pair: KEYWORD,
  ...digitGroups('amount'),
  items: { type: 'nested', dynamic: 'strict', properties: ITEMS },
};

/** A visitor-day: what `visits` holds is indexed only, `facts` is the same for whoever reads it whole. */
const FACTS: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  _source: { excludes: ['visits'] },
  properties: {
    ...each(['site', 'build', 'day'], KEYWORD),
    generation: { type: 'integer' },
    facts: KEPT,
    visits: {
      type: 'nested',
      dynamic: 'strict',
      properties: {
        ...Object.fromEntries(
          VISIT_FIELDS.map((field) => [
            visitField(field),
            FACT_FIELDS[field].type === 'flag' ? FLAG : SUMMED,
          ]),
        ),
        events: { type: 'nested', dynamic: 'strict', properties: EVENTS },
      },
    },
  },
};

const ROLL_UPS: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    ...each(['site', 'build', 'day', 'dimension', 'value', 'currency'], KEYWORD),
    generation: { type: 'integer' },
    ...each(COUNT_PARTS, SUMMED),
    ...Object.fromEntries(MONEY_PARTS.flatMap((part) => Object.entries(digitGroups(part)))),
  },
};

const MONTHS: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    ...each(['site', 'month', 'stale', 'openDays', 'closedDays'], KEYWORD),
    generation: { type: 'integer' },
    hasSealed: FLAG,
    closedAt: { type: 'date', format: 'epoch_millis' },
    ...each(['days', 'waiting', 'sealing'], KEPT),
  },
};

const BUILDS: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    ...each(['site', 'day', 'build'], KEYWORD),
    generation: { type: 'integer' },
    since: { type: 'date', format: 'epoch_millis' },
    owner: { type: 'keyword', index: false },
    isOpen: FLAG,
  },
};

/** The mapping of each kind of index. */
export const MAPPINGS = {
  open: FACTS,
  facts: FACTS,
  rollups: ROLL_UPS,
  months: MONTHS,
  builds: BUILDS,
} as const;

export type IndexKind = keyof typeof MAPPINGS;

/**
 * Nested documents that one visitor-day may have: its visits, events and items. They are indexed as one block in memory, some 100 MB
 * for so many.
 */
export const MOST_NESTED = 100_000;
