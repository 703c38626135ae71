/** An invoice as a billing admin sees it, who may give some of it back; amounts in the smallest unit, instants in epoch milliseconds. */
export type SubscriberInvoice = {
  id: string;
  customerId: string | null;
  /** What its reader calls it; null: a draft. */
  number: string | null;
  status: string;
  currency: string;
  total: number;
  paid: number;
  /** What of it was given back, or is not asked for any more. */
  credited: number;
  createdAt: number;
  /** Where it can be seen; null: nowhere yet. */
  url: string | null;
};

/** What a billing admin does for one customer, at the payment provider. Calls that change something carry a key under which a repeat changes nothing. */
export type SubscriberGateway = {
  /** A customer's latest, at most {@link MOST_INVOICES}. */
  listInvoices(customerId: string): Promise<SubscriberInvoice[]>;
  readInvoice(id: string): Promise<SubscriberInvoice>;
  /** Gives back some of what an invoice has taken, with a credit note that says so. */
  creditInvoice(credit: { invoiceId: string; amount: number; reason: string }, key: string): Promise<void>;
  /** Nothing is asked for until then (epoch milliseconds); what is paid already is not counted again. */
  moveTrialEnd(subscriptionId: string, endsAt: number, key: string): Promise<void>;
};

/** Invoices that are shown. */
export const MOST_INVOICES = 24;
