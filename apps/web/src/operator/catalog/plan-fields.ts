import type { PlanDraft } from '@footfall/billing/catalog/draft';
import { catalogFailure } from '@footfall/billing/catalog/errors';
import { knownFeatures, PLAN_LIMITS, type PlanLimit } from '@footfall/core/billing/terms';
import { parsePrice, parseUnits, priceCurrency } from '@footfall/core/billing/typed-amount';

/** Rows of a form of prices: a currency each. */
export const PRICE_ROWS = [1, 2, 3, 4, 5] as const;

/** Names of the fields that prices have in the form. */
export const PRICE_FIELDS: readonly string[] = PRICE_ROWS.flatMap((row) => [
  `currency${row}`,
  `month${row}`,
  `year${row}`,
]);

/** The texts of a form of a plan. */
export type PlanTexts = Readonly<Record<string, string>>;

const refuse = (where: string, rule: 'number' | 'price') =>
  catalogFailure('invalid_draft', `${where} is not a ${rule}`, { where, values: { rule, most: 0 } });

function readLimit(texts: PlanTexts, limit: PlanLimit): number | null {
  const text = (texts[limit] ?? '').trim();
  if (text === '') return null;
  const value = parseUnits(text, 0);
  if (value === null) throw refuse(limit, 'number');
  return value;
}

function readPrices(texts: PlanTexts): PlanDraft['prices'] {
  return PRICE_ROWS.flatMap((row) => {
    const currency = priceCurrency(texts[`currency${row}`] ?? '');
    return (['month', 'year'] as const).flatMap((interval) => {
      const field = `${interval}${row}`;
      const text = (texts[field] ?? '').trim();
      if (text === '') return [];
      const amount = currency === null ? null : parsePrice(text, currency);
      if (currency === null || amount === null) throw refuse(field, 'price');
      return [{ currency, interval, amount }];
    });
  });
}

/**
 * What a form of a plan says: numbers and amounts as people write them; an empty limit is none, an empty amount no price.
 * @throws Failure `invalid_draft`
 */
export function readDraft(
  texts: PlanTexts,
  { features, isPublic }: { features: readonly string[]; isPublic: boolean },
): PlanDraft {
  return {
    title: texts.title ?? '',
    description: texts.description ?? '',
    isPublic,
    limits: Object.fromEntries(
      PLAN_LIMITS.map((limit) => [limit, readLimit(texts, limit)]),
    ) as PlanDraft['limits'],
    features: knownFeatures(features),
    prices: readPrices(texts),
  };
}
