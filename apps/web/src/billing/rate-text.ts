import type { Rate } from '@footfall/db/billing/subscription';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** Says what something costs: `€9 a month`. */
export function useRateText(): (rate: Rate) => string {
  const words = useWords('plans');
  const formats = useFormats();
  return ({ amount, currency, interval }) =>
    words(`per.${interval}`, { price: formats.price(amount, currency) });
}
