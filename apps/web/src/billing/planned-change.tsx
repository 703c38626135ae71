import type { PlannedChange } from '@footfall/billing/change';
import type { Failure } from '@footfall/core/failure';
import type { Offer } from '@footfall/db/billing/offer';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import { useRateText } from './rate-text.ts';

/** What a change costs now, and from then on. */
export function PlannedLines({ offer, planned }: { offer: Offer; planned: PlannedChange }) {
  const words = useWords('billing');
  const formats = useFormats();
  const rate = useRateText();
  const { time, due, currency, periodEnd } = planned;
  if (time === 'at_end')
    return <p>{words('planned.later', { day: formats.dayAt(periodEnd, 'UTC'), rate: rate(offer) })}</p>;
  return (
    <div className="space-y-2">
      <p className="text-2xl font-semibold tabular-nums">{formats.fullPrice(Math.max(0, due), currency)}</p>
      <p>
        {due < 0
          ? words('planned.credit', { price: formats.fullPrice(-due, currency), rate: rate(offer) })
          : words('planned.now', { rate: rate(offer) })}
      </p>
      <p className="text-quiet">{words('planned.how')}</p>
    </div>
  );
}

/** Why a plan cannot be changed to; by its code, since it is said to people. */
export function RefusedChange({ failure }: { failure: Failure | null }) {
  const words = useWords('failures');
  const code = failure?.code ?? 'unknown_price';
  if (code === 'provider_unavailable') return <p role="alert">{words('payment_away')}</p>;
  if (code === 'other_currency')
    return <p role="alert">{words(code, { currency: String(failure?.values.currency ?? '') })}</p>;
  const said = SAID.find((known) => known === code) ?? 'payment_refused';
  return <p role="alert">{words(said)}</p>;
}

const SAID = [
  'unknown_price',
  'not_subscribed',
  'no_customer',
  'same_plan',
  'payment_due',
  'subscription_ends',
] as const;
