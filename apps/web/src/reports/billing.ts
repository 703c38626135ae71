import type { PlannedChange } from '@footfall/billing/change';
import type { CheckoutOutcome } from '@footfall/billing/checkout';
import type { ProviderInvoice } from '@footfall/billing/gateway';
import type { Failure } from '@footfall/core/failure';
import { hasTrialPlan, listOffers, type Offer } from '@footfall/db/billing/offer';
import { type BillingFacts, readBilling } from '@footfall/db/billing/subscription';
import { asFailure } from '#runtime/failure.ts';
import { services } from '#runtime/services.ts';

/** Invoices, or that the provider did not answer. */
export type Invoices = readonly ProviderInvoice[] | 'away';

/** What /billing shows of money. */
export type MoneyView = BillingFacts & {
  offers: readonly Offer[];
  invoices: Invoices;
  payUrl: string | null;
};

async function orAway<T>(answer: Promise<T>): Promise<T | 'away'> {
  try {
    return await answer;
  } catch (err) {
    services().log.warn({ err }, 'the payment provider could not be asked for a page');
    return 'away';
  }
}

/** What a tenant may buy, has bought, and was asked to pay; null: no payment is taken here. */
export async function loadMoney(tenantId: string): Promise<MoneyView | null> {
  const { billing, pool } = services();
  if (billing === null) return null;
  const [facts, offers] = await Promise.all([readBilling(pool, tenantId), listOffers(pool)]);
  const invoices = facts.isCustomer ? await orAway(billing.listInvoices(tenantId)) : [];
  // Of a change that waits, too.
  const open = invoices === 'away' ? undefined : invoices.find(({ state }) => state === 'open');
  return { ...facts, offers, invoices, payUrl: open?.url ?? null };
}

/** What came of a page where somebody was to pay; `away`: nobody knows yet; `unknown`: it is not theirs. */
export async function loadOutcome(
  tenantId: string,
  checkoutId: string,
): Promise<CheckoutOutcome | 'away' | 'unknown'> {
  const { billing } = services();
  if (billing === null) return 'unknown';
  try {
    return await billing.confirmCheckout(tenantId, checkoutId);
  } catch (error) {
    const code = asFailure(error)?.code;
    if (code === 'unknown_checkout' || code === 'no_customer') return 'unknown';
    if (code !== 'provider_unavailable') throw error;
    return 'away';
  }
}

/** A price to change to, and what that costs; a failure where it cannot be had. */
export type PreparedChange = { offer: Offer; planned: PlannedChange } | { failure: Failure };

/** Works out what a change would cost. Null: there is no such price. */
export async function prepareChange(tenantId: string, priceId: string): Promise<PreparedChange | null> {
  const { billing, pool } = services();
  const offer = (await listOffers(pool)).find((one) => one.priceId === priceId);
  if (billing === null || offer === undefined) return null;
  try {
    return { offer, planned: await billing.previewChange(tenantId, priceId) };
  } catch (error) {
    const failure = asFailure(error);
    if (failure === null) throw error;
    return { failure };
  }
}

/** What a tenant has bought; null: nothing, or no payment is taken here. */
export async function loadSubscription(tenantId: string): Promise<BillingFacts['subscription']> {
  const { billing, pool } = services();
  return billing === null ? null : (await readBilling(pool, tenantId)).subscription;
}

/** Whether anything is sold here, and whether there is a plan to try. */
export async function loadSelling(): Promise<{ sold: boolean; mayTry: boolean }> {
  const { billing, pool } = services();
  if (billing === null) return { sold: false, mayTry: false };
  return { sold: true, mayTry: await hasTrialPlan(pool) };
}
