import type { ShownSubscription } from '@footfall/db/billing/subscription';
import { useFormats } from '#format/formats.ts';
import { ButtonLink } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { MoneyForm } from './money-form.tsx';
import { undoCancel, undoChange } from './plan-actions.ts';
import { useRateText } from './rate-text.ts';

/** What a subscription costs, what is paid next, and what is to come of it, each with a way to undo it. */
export function SubscriptionLines({
  subscription,
  payUrl,
}: {
  subscription: ShownSubscription;
  payUrl: string | null;
}) {
  const words = useWords('billing');
  const formats = useFormats();
  const rate = useRateText();
  const { rate: present, periodEnd, endsAt, next, pendingUntil } = subscription;
  const day = (at: number) => formats.dayAt(at, 'UTC');
  return (
    <>
      {present !== null && (
        <p>
          {words('costs', { rate: rate(present) })}{' '}
          {endsAt === null &&
            periodEnd !== null &&
            words('nextPayment', {
              day: day(periodEnd),
              price: formats.price((next?.rate ?? present).amount, present.currency),
            })}
        </p>
      )}
      {payUrl !== null && (
        <div role="status" className="space-y-3 rounded-md border border-edge bg-sunken p-3">
          <p>
            {pendingUntil === null
              ? words('toPay')
              : words('pending', { moment: formats.momentAt(pendingUntil, 'UTC') })}
          </p>
          <ButtonLink href={payUrl} variant="primary" prefetch={false}>
            {words('payNow')}
          </ButtonLink>
        </div>
      )}
      {next !== null && (
        <div role="status" className="space-y-3 rounded-md border border-edge bg-sunken p-3">
          <p>
            {words('scheduled', {
              plan: next.title,
              rate: next.rate === null ? '' : rate(next.rate),
              day: day(next.at),
            })}
          </p>
          <MoneyForm action={undoChange} label={words('undoChange')} />
        </div>
      )}
      {endsAt !== null && (
        <div role="status" className="space-y-3 rounded-md border border-edge bg-sunken p-3">
          <p>{words('ends', { day: day(endsAt) })}</p>
          <MoneyForm action={undoCancel} label={words('undoCancel')} variant="primary" />
        </div>
      )}
    </>
  );
}
