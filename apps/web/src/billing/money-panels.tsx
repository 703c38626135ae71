import type { Offer } from '@footfall/db/billing/offer';
import type { MoneyView } from '#reports/billing.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import type { OfferChoice } from './choice.ts';
import { InvoiceList } from './invoice-list.tsx';
import { MoneyForm } from './money-form.tsx';
import { OfferList } from './offer-list.tsx';
import { beginCheckout, beginTrial, openPortal } from './pay-actions.ts';

/** A trial that can be begun. */
function TrialOffer() {
  const words = useWords('billing');
  return (
    <Panel aria-labelledby="trial">
      <PanelHead id="trial" title={words('trialTitle')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('trialText')}</p>
        <MoneyForm action={beginTrial} label={words('beginTrial')} variant="primary" />
      </div>
    </Panel>
  );
}

/** What is done about an offer: paid for, or changed to, with the amount shown first. */
function OfferAction({ offer, subscription }: { offer: Offer; subscription: MoneyView['subscription'] }) {
  const words = useWords('billing');
  if (subscription === null)
    return (
      <MoneyForm
        action={beginCheckout}
        fields={{ price: offer.priceId }}
        label={words('choose', { plan: offer.title })}
        variant="primary"
      />
    );
  if (subscription.priceId === offer.priceId) return <Button disabled>{words('yourPlan')}</Button>;
  return (
    <ButtonLink href={`/billing/change?price=${encodeURIComponent(offer.priceId)}`} prefetch={false}>
      {words('changeTo', { plan: offer.title })}
    </ButtonLink>
  );
}

/** Plans, invoices, and what is at the provider. */
export function MoneyPanels({ money, choice }: { money: MoneyView; choice: OfferChoice }) {
  const words = useWords('billing');
  const { subscription, isCustomer, mayTry, invoices } = money;
  // A change of what ends would be lost: that is undone first.
  const isSettled = subscription === null || subscription.endsAt === null;
  return (
    <>
      {mayTry && <TrialOffer />}
      {isSettled && choice.offers.length > 0 && (
        <Panel aria-labelledby="plans">
          <PanelHead id="plans" title={words(subscription === null ? 'choosePlan' : 'changePlan')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words(subscription === null ? 'chooseText' : 'changeText')}</p>
            <OfferList
              choice={choice}
              path="/billing"
              action={(offer) => <OfferAction offer={offer} subscription={subscription} />}
            />
          </div>
        </Panel>
      )}
      {isCustomer && (
        <Panel aria-labelledby="invoices">
          <PanelHead id="invoices" title={words('invoices')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <InvoiceList invoices={invoices} />
            <p className="text-quiet">{words('portalText')}</p>
            <MoneyForm action={openPortal} label={words('openPortal')} />
          </div>
        </Panel>
      )}
    </>
  );
}
