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
  /** The part of it that its plan is; what is metered stands beside it. */
  itemId: string;
  /** What the plan costs each interval, in the smallest unit of the currency, before taxes and discounts; null: the provider does not say. */
  interval: 'month' | 'year' | null;
  amount: number | null;
  currency: string;
  /** What was paid for. */
  periodStart: number;
  periodEnd: number;
  /** What holds a change for later; it is there for some time after the change, too. */
  scheduleId: string | null;
  /** The price that it changes to, and when. */
  next: { priceId: string; at: number } | null;
  /** A change waits for its payment until then, where it can be paid; else it is given up. */
  pendingUntil: number | null;
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

/** What is done to a subscription, as it was when somebody looked. */
export type SubscriptionChange = {
  subscription: ProviderSubscription;
  /** The price to change to, at the provider. */
  priceId: string;
  /** The instant that shares of a period are counted from. */
  at: number;
};

/** What a change costs at once: below nothing, it is kept for later invoices. */
export type ChangePreview = { due: number; currency: string };

/** An invoice as lists show it; the amount with taxes, in the smallest unit of the currency. */
export type ProviderInvoice = {
  id: string;
  number: string | null;
  createdAt: number;
  total: number;
  currency: string;
  state: InvoiceState;
  /** Pages of the provider. */
  url: string | null;
  pdfUrl: string | null;
};

/** `uncollectible`: nobody expects it to be paid any more; `unknown`: a word that the provider has added since. */
export const INVOICE_STATES = ['open', 'paid', 'void', 'uncollectible', 'unknown'] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** Why somebody cancels. */
export const CANCEL_REASONS = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'too_complex',
  'unused',
  'other',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

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
  previewChange(change: SubscriptionChange): Promise<ChangePreview>;
  /**
   * Changes the plan at once, and takes what it costs more. Where that cannot be taken, since a bank asks or declines, nothing is given:
   * `payUrl` is where it can be paid yet; then the change takes place.
   * @throws Failure `payment_declined` where it cannot be paid later
   */
  changeSubscription(change: SubscriptionChange): Promise<{ payUrl: string | null }>;
  /** Changes the plan when what was paid for is used up; a change that was scheduled before must be undone first. */
  scheduleChange(change: SubscriptionChange): Promise<void>;
  /** It goes on as it is. */
  undoSchedule(scheduleId: string): Promise<void>;
  /** Ends when what was paid for is used up. */
  cancelAtEnd(subscription: ProviderSubscription, why: { reason: CancelReason; text: string }): Promise<void>;
  /** It goes on, though it was cancelled. */
  keepSubscription(subscription: ProviderSubscription): Promise<void>;
  /** The newest 24 without drafts, the newest first. Asked once, for five seconds: a page waits for it. */
  listInvoices(customerId: string): Promise<ProviderInvoice[]>;
  /** The page where a customer sees invoices and changes cards, address and tax id, and no plan. */
  openPortal(customerId: string, returnUrl: string): Promise<{ url: string }>;
  /** Ends a subscription at once and pays back what it took since an instant. May be done again, whatever came of it before. */
  undoSubscription(id: string, since: number): Promise<void>;
  /**
   * What an event says that was sent to us, from its bytes and the header `Stripe-Signature`.
   * @throws Failure `invalid_signature`, `webhooks_off`
   */
  verifyEvent(body: Buffer, signature: string): ProviderEvent;
};
