import { afterEach, expect, test } from 'vitest';
import { type Copy, copyOfSource } from './recipe.fixture.ts';

/** CONTRIBUTING.md's recipes, followed on a copy of the source: one row reaches every place. */

const DIMENSION = `  trialId: {
    dimension: 'visit:trial_id',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign id',
    from: { event: 'first', derived: 'trialId', parameter: 'trial_id' },
    exported: 'Campaign id of its address',
  },`;
const PART = `  trials: {
    family: 'event',
    each: 'event',
    name: 'trial_event',
    unit: 'events named trial_event',
    type: 'integer',
  },`;
const METRIC = `  trials: {
    label: 'Trials',
    unit: 'count',
    meaning: 'Trials made.',
    kind: 'count',
    part: 'trials',
  },`;

/** A process of its own is started: 2 s, many times that on a loaded machine. Milliseconds. */
const TIME_LIMIT = 120_000;

let copy: Copy | undefined;
afterEach(() => copy?.remove());

const COMMON = `
import { derive } from '@footfall/core/derive';
import { foldVisitorDay } from '@footfall/core/fold';
import { DayRollUp } from '@footfall/core/roll-up';
import { FACT_FILE } from './duckdb/fact-file.ts';
import { ROLL_UP_FILE } from './duckdb/roll-up-file.ts';
import { VISIT_FILE } from './duckdb/visit-file.ts';
import { DUCKDB } from './duckdb/dialect.ts';
import { POSTGRES } from './postgres/dialect.ts';
import { EVENT_FACT_COLUMNS } from './postgres/facts.ts';
import { MAPPINGS } from './elasticsearch/schema/mappings.ts';
import { visitorDayDocument } from './elasticsearch/schema/document.ts';
import { factQuestions } from './elasticsearch/ask/fact-questions.ts';
import { rollUpDocuments } from './elasticsearch/write/write-builds.ts';
import { compileFacts } from './sql/compile-facts.ts';
import { sql, statement } from './sql/sql.ts';
import { nameSchemas } from '../../../apps/web/src/api/openapi/names.ts';

const lookups = {
  agent: () => ({ device: 'd', browser: 'b', browserVersion: '1', os: 'o', osVersion: '1', bot: false, botKind: '(none)' }),
  place: () => ({ country: 'DE', region: '(none)', city: '(none)' }),
  host: () => undefined,
  app: () => undefined,
  campaign: () => undefined,
  isSpam: () => false,
};
const raw = (id, name, url) => ({ id, siteId: 's', visitor: 'v', name, occurredAt: 0, receivedAt: 0, url });
const stored = (one) => ({ raw: one, derived: derive(one, lookups), logicVersion: 1 });
const events = [
  stored(raw('1', 'pageview', 'https://shop.example/?trial_id=spring')),
  stored(raw('2', 'trial_event', 'https://shop.example/b')),
];
const facts = foldVisitorDay(events, 'UTC');
const total = new DayRollUp();
total.add(facts);
const names = (columns) => columns.map(({ name }) => name);
const question = { source: 'facts', relation: 'counts', siteId: 's', generation: 1, days: [], filter: null, between: null };
const ofAll = (query) => [DUCKDB, POSTGRES].map((dialect) =>
  statement(compileFacts(query, { dialect, relation: sql\`facts AS fact\` })).text);
const say = (told) => console.log(JSON.stringify(told));
`;

test('a dimension is one row: it is derived, folded, rolled up, kept, asked for, exported and told of', {
  timeout: TIME_LIMIT,
}, async () => {
  copy = await copyOfSource();
  await copy.addRow(
    'packages/core/src/dimension.ts',
    '} as const satisfies Readonly<Record<string, ColumnRow>>;',
    DIMENSION,
  );
  const told = await copy.run(`${COMMON}
import { derivedText, parseDerivedText } from '@footfall/eventstore/cassandra/derived-text';
import { EXPORT_COLUMNS } from '../../../apps/web/src/api/export-columns.ts';
import { EXPORT_MEANINGS } from '../../../apps/web/src/api/openapi/export.ts';
import { FACT_TABLE_ADJUSTMENT } from './postgres/fact-columns.ts';
const groupBy = [{ kind: 'dimension', dimension: { kind: 'column', name: 'visit:trial_id' } }];
const query = { ...question, parts: ['visits'], groupBy };
const [first, second] = events;
const earlier = { ...first, derived: { ...first.derived } };
delete earlier.derived.trialId;
let altered = '';
const table = { query: (text) => { altered += text; return { rows: names(FACT_FILE).filter((name) => name !== 'trial_id').map((name) => ({ name })) }; } };
await FACT_TABLE_ADJUSTMENT.make(table);
say({
  facts: facts.map(({ trialId }) => trialId),
  ofEarlierLogic: foldVisitorDay([earlier], 'UTC')[0].trialId,
  rollUp: total.rows().filter(({ dimension }) => dimension === 'visit:trial_id').map(({ value, counts }) => [value, counts.visits]),
  row: EVENT_FACT_COLUMNS.includes('trial_id'),
  table: altered.includes('ADD COLUMN "trial_id" text COLLATE "C" NOT NULL DEFAULT \\'(none)\\''),
  files: [FACT_FILE, VISIT_FILE].map((file) => names(file).at(names(file).indexOf('trial_id'))),
  sql: ofAll(query).map((text) => text.includes('"trial_id"')),
  mapping: MAPPINGS.facts.properties.visits.properties.events.properties.trialId,
  document: visitorDayDocument('d', { siteId: 's', generation: 1, day: '2026-01-01', build: 'b' }, facts).includes('"trialId":"spring"'),
  dsl: factQuestions(query).asked[0].question.fields,
  cassandra: parseDerivedText(derivedText(first.derived)).trialId,
  cassandraList: derivedText(second.derived).startsWith('['),
  exported: EXPORT_COLUMNS.trial_id.of(first, 'UTC'),
  meaning: EXPORT_MEANINGS.trial_id.meaning,
  openapi: JSON.stringify(nameSchemas.NamedDimension).includes('visit:trial_id'),
});`);
  expect(told).toEqual({
    facts: ['spring', 'spring'],
    ofEarlierLogic: '(none)',
    rollUp: [['spring', 1]],
    row: true,
    table: true,
    files: ['trial_id', 'trial_id'],
    sql: [true, true],
    mapping: { type: 'keyword' },
    document: true,
    dsl: ['visits.events.trialId'],
    cassandra: 'spring',
    cassandraList: true,
    exported: 'spring',
    meaning: 'Campaign id of its address',
    openapi: true,
  });
});

test('a part is one row: it is rolled up, kept and counted by each engine; a metric of it is another', {
  timeout: TIME_LIMIT,
}, async () => {
  copy = await copyOfSource();
  await copy.addRow(
    'packages/core/src/part.ts',
    '} as const satisfies Readonly<Record<string, PartRow>>;',
    PART,
  );
  await copy.addRow('packages/core/src/metric.ts', '} as const satisfies Record<string, MetricRow>;', METRIC);
  const told = await copy.run(`${COMMON}
import { METRIC_NAMES, metricValue, requiredParts } from '@footfall/core/metric';
import { zeroSums } from '@footfall/core/query/merge';
const query = { ...question, parts: ['trials'], groupBy: [] };
const row = total.rows().find(({ dimension }) => dimension === '(all)');
const group = { ...zeroSums(), counts: row.counts };
say({
  rollUp: row.counts.trials,
  columns: [VISIT_FILE, ROLL_UP_FILE].map((file) => names(file).includes('trials')),
  sql: ofAll(query).map((text) => text.includes("count(*) FILTER (WHERE name = 'trial_event')")),
  mapping: MAPPINGS.rollups.properties.trials,
  document: [...rollUpDocuments(total)].find(({ dimension }) => dimension === '(all)').trials,
  dsl: factQuestions(query).asked[0].question.aggs.trials !== undefined,
  metric: [METRIC_NAMES.at(-1), requiredParts('trials', 'group'), metricValue('trials', { group, basis: group, digits: 2 })],
  openapi: JSON.stringify(nameSchemas.CountMetric).includes('trials'),
});`);
  expect(told).toEqual({
    rollUp: 1,
    columns: [true, true],
    sql: [true, true],
    mapping: { type: 'long', index: false },
    document: 1,
    dsl: true,
    metric: ['trials', ['trials'], 1],
    openapi: true,
  });
});
