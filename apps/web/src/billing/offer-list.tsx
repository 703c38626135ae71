import type { Offer } from '@footfall/db/billing/offer';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';
import type { OfferChoice } from './choice.ts';
import { PlanList } from './plan-list.tsx';
import { useRateText } from './rate-text.ts';

type Toggle<T extends string> = {
  all: readonly T[];
  now: T;
  say: (one: T) => string;
  to: (one: T) => string;
};

/** Links of which one is where somebody is; nothing where there is no choice. */
function Toggles<T extends string>({ all, now, say, to }: Toggle<T>) {
  if (all.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-1 rounded-md border border-line p-1">
      {all.map((one) => (
        <li key={one}>
          <Link
            href={to(one)}
            scroll={false}
            aria-current={one === now ? 'true' : undefined}
            className={classNames(
              'inline-flex min-h-11 items-center rounded-sm px-3 sm:min-h-8',
              one === now ? 'bg-sunken font-medium' : 'text-quiet hover:text-ink',
            )}
          >
            {say(one)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Props = {
  choice: OfferChoice;
  /** The page that the list stands on. */
  path: string;
  /** What can be done about an offer. */
  action: (offer: Offer) => ReactNode;
};

/** Plans to choose from, by the month or the year, in a currency. */
export function OfferList({ choice, path, action }: Props) {
  const words = useWords('billing');
  const rate = useRateText();
  const { interval, currency, intervals, currencies, offers } = choice;
  const link = (over: { interval?: string; currency?: string }) =>
    `${path}?${new URLSearchParams({ interval, currency, ...over })}#plans`;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-3 empty:hidden">
        <Toggles
          all={intervals}
          now={interval}
          say={(one) => words(`intervals.${one}`)}
          to={(one) => link({ interval: one })}
        />
        <Toggles all={currencies} now={currency} say={(one) => one} to={(one) => link({ currency: one })} />
      </div>
      <ul className="grid gap-4 sm:grid-cols-2">
        {offers.map((offer) => (
          <li key={offer.priceId} className="flex flex-col gap-3 rounded-md border border-line p-4">
            <div>
              <h3 className="font-semibold wrap-anywhere">{offer.title}</h3>
              <p className="tabular-nums">{rate(offer)}</p>
            </div>
            <div className="grow">
              <PlanList gives={offer} />
            </div>
            {action(offer)}
          </li>
        ))}
      </ul>
    </div>
  );
}
