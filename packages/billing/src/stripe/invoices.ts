import type { Stripe } from 'stripe';
import { type BillingGateway, INVOICE_STATES, type ProviderInvoice } from '../gateway.ts';
import { ask, FOR_A_PAGE, millis } from './connection.ts';

/** How many are listed. */
const SHOWN = 24;
function readInvoice(invoice: Stripe.Invoice): ProviderInvoice {
  return {
    id: invoice.id,
    number: invoice.number,
    createdAt: millis(invoice.created),
    total: invoice.total,
    currency: invoice.currency.toUpperCase(),
    state: INVOICE_STATES.find((state) => state === invoice.status) ?? 'unknown',
    url: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
  };
}

/** What customers were asked to pay. */
export const invoices = (stripe: Stripe): Pick<BillingGateway, 'listInvoices'> => ({
  listInvoices: (customer) =>
    ask(async () => {
      const { data } = await stripe.invoices.list({ customer, limit: SHOWN + 1 }, FOR_A_PAGE);
      // A draft may change yet.
      return data
        .filter(({ status }) => status !== 'draft')
        .slice(0, SHOWN)
        .map(readInvoice);
    }),
});
