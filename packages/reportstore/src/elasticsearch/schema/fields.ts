import { FACT_FIELDS, type PairField, type VisitFlag, type VisitNumber } from '@footfall/core/fact-field';

/** Names of fields, made from those of the domain. What is stored is found by them: they never change. */

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A number or flag of a visit: `visitBounced` is `visits.bounced`. */
export const visitField = (field: VisitNumber | VisitFlag): string => small(field.replace(/^visit/, ''));

/**
 * What engagement adds to its visit and page, so that sums over all events of the pair are those of the pair: by how much it is
 * larger than what was sent before, or its own share of a sum.
 */
export const mergedOfPair = (field: PairField): string =>
  FACT_FIELDS[field].together === 'largest' ? `pair${capital(field)}` : field;

const FIRST: Readonly<Partial<Record<PairField, string>>> = {
  scroll: 'pairScrolled',
  engagedMs: 'pairEngaged',
};

/** 1 of the first engagement of its visit and page that sends the number. */
export const firstOfPair = (field: PairField): string => FIRST[field] ?? `pairHas${capital(field)}`;
