/**
 * Events of one visitor on one local day that reports count: the first ones by (occurred_at, id). Nobody who looks at pages comes near
 * it; whatever sends more is a program, or a server that names itself as every visitor. Further events are stored, exported and in the
 * ledger, and cost reports nothing.
 */
export const MOST_EVENTS_OF_VISITOR_DAY = 20_000;
