/**
 * Numbers and flags of a fact that parts are made of, as data: whose they are, and what they are. Adapters of the report store make
 * a column or a field of each row; the fold fills it in.
 */
export const FACT_FIELDS = {
  visitDurationMs: { of: 'visit', type: 'integer' },
  visitBounced: { of: 'visit', type: 'flag' },
  /** The last pageview of its visit. */
  exit: { of: 'event', type: 'flag' },
  scroll: { of: 'pair', type: 'integer', together: 'largest' },
  engagedMs: { of: 'pair', type: 'integer', together: 'sum' },
} as const satisfies Readonly<Record<string, FactFieldRow>>;

/**
 * `visit`: the same on all events of a visit. `pair`: of engagement only, null where it was not sent; what a visit sent of one page
 * is taken together.
 */
type FactFieldRow =
  | { of: 'visit' | 'event'; type: 'integer' | 'flag' }
  | { of: 'pair'; type: 'integer'; together: 'largest' | 'sum' };

export type FactField = keyof typeof FACT_FIELDS;

type FieldOf<Row> = {
  [Field in FactField]: (typeof FACT_FIELDS)[Field] extends Row ? Field : never;
}[FactField];

export type VisitNumber = FieldOf<{ of: 'visit'; type: 'integer' }>;
export type VisitFlag = FieldOf<{ of: 'visit'; type: 'flag' }>;
export type EventFlag = FieldOf<{ of: 'event'; type: 'flag' }>;
export type PairField = FieldOf<{ of: 'pair' }>;

export const FACT_FIELD_NAMES = Object.keys(FACT_FIELDS) as readonly FactField[];
const listFields = <Field extends FactField>(of: 'visit' | 'event' | 'pair'): readonly Field[] =>
  FACT_FIELD_NAMES.filter((field): field is Field => FACT_FIELDS[field].of === of);

export const VISIT_FIELDS = listFields<VisitNumber | VisitFlag>('visit');
export const EVENT_FLAGS = listFields<EventFlag>('event');
export const PAIR_FIELDS = listFields<PairField>('pair');
