import type { PlanPrice } from '@footfall/db/billing/plan';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** What a plan costs, a line a currency and interval. */
export function PlanPrices({ prices }: { prices: readonly PlanPrice[] }) {
  const words = useWords('plans');
  const formats = useFormats();
  if (prices.length === 0) return <p className="text-quiet">{words('noPrice')}</p>;
  return (
    <ul>
      {prices.map(({ currency, interval, amount }) => (
        <li key={`${currency} ${interval}`} className="tabular-nums">
          {words(`per.${interval}`, { price: formats.price(amount, currency) })}
        </li>
      ))}
    </ul>
  );
}
