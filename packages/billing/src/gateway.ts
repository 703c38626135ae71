import type { SubscriptionStatus } from '@footfall/core/billing/entitlement';

/** A subscription as the payment provider has it now; instants are epoch milliseconds. */
export type ProviderSubscription = {
  id: string;
  customerId: string;
  status: SubscriptionStatus;
  /** The price of its plan at the provider, and the plan that the price names itself, if it does. */
  priceId: string;
  planName: string | null;
  createdAt: number;
  /** Its months are counted from here. */
  anchor: number;
  /** Cancelled for then; null: it goes on. */
  endsAt: number | null;
  /** Whether an invoice of it was ever paid, or nothing was to be paid. */
  wasPaid: boolean;
};

/** A page of the provider where somebody pays, or has paid. */
export type ProviderCheckout = {
  id: string;
  customerId: string | null;
  state: 'open' | 'complete' | 'expired';
  /** Null unless it is open. */
  url: string | null;
  subscriptionId: string | null;
};

/** What a new customer is. */
export type NewCustomer = { tenantId: string; name: string; email: string };

/** What somebody is to pay for, and where they come back to. */
export type NewCheckout = {
  customerId: string;
  tenantId: string;
  priceId: string;
  locale: string;
  successUrl: string;
  cancelUrl: string;
};

/** Something that has happened at the provider. */
export type ProviderEvent = {
  id: string;
  type: string;
  /** Whom it is about; null: nobody whose state could have changed. */
  customerId: string | null;
};

/**
 * The payment provider. It is the truth for money; what we hold is read from it. Every call that makes something carries a key under
 * which a repeat makes nothing new. All throw Failure `provider_unavailable` when it cannot be asked, `provider_refused` when it says no.
 */
export type BillingGateway = {
  createCustomer(customer: NewCustomer): Promise<{ customerId: string }>;
  /** All of a customer's, also those that are over. */
  listSubscriptions(customerId: string): Promise<ProviderSubscription[]>;
  listOpenCheckouts(customerId: string): Promise<ProviderCheckout[]>;
  /** Nobody can pay there any more; nothing happens when somebody has, or it is over. */
  expireCheckout(id: string): Promise<void>;
  /** `key`: the attempt that it belongs to. */
  createCheckout(checkout: NewCheckout, key: string): Promise<ProviderCheckout>;
  readCheckout(id: string): Promise<ProviderCheckout>;
  /** The page where a customer sees invoices and changes cards, address and tax id. */
  openPortal(customerId: string, returnUrl: string): Promise<{ url: string }>;
  /** Ends a subscription at once and pays back what it took since an instant. May be done again, whatever came of it before. */
  undoSubscription(id: string, since: number): Promise<void>;
  /**
   * What an event says that was sent to us, from its bytes and the header `Stripe-Signature`.
   * @throws Failure `invalid_signature`, `webhooks_off`
   */
  verifyEvent(body: Buffer, signature: string): ProviderEvent;
};
