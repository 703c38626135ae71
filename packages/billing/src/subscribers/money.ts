import { checkReason } from '@footfall/db/tenant/support';
import type { Pool } from '@footfall/postgres/pool';
import { catalogFailure } from '../catalog/errors.ts';
import { askNoted, note } from '../catalog/noted.ts';
import { askProvider } from '../catalog/publish.ts';
import type { SubscriberGateway } from './subscriber-gateway.ts';
import { checkUntil, type Given } from './terms.ts';

/** `key`: of the form that was filled in; sent twice, it does what it does once. */
type Asked = Given & { gateway: SubscriberGateway; key: string };

const KEY = /^[A-Za-z0-9-]{8,64}$/;

/** Notes that somebody has a tenant's state read: what is paid twice is paid back then. */
export async function noteReading(
  pool: Pool,
  { tenantId, actor }: Pick<Given, 'tenantId' | 'actor'>,
): Promise<void> {
  await note(pool, { actor, action: 'tenant.read_payments', subject: tenantId, aboutTenant: tenantId });
}

const invalid = (rule: 'key' | 'invoice' | 'amount') =>
  catalogFailure('invalid_credit', 'this cannot be given back', {
    where: rule === 'amount' ? 'amount' : 'invoice',
    values: { rule },
  });

/**
 * Gives a tenant back what one of its invoices has taken, or a part of it (`amount`, in the smallest unit; null: all that is left).
 * @throws Failure `invalid_reason`, `invalid_credit`, `stripe_away`, `stripe_refused`
 */
export async function creditInvoice(
  pool: Pool,
  {
    tenantId,
    customerId,
    invoiceId,
    readAmount,
    gateway,
    key,
    actor,
    ...given
  }: Asked & {
    customerId: string;
    invoiceId: string;
    /** Reads what was typed, in the invoice's currency: all that is left where nothing was; null: not an amount. */
    readAmount: (currency: string, left: number) => number | null;
  },
): Promise<void> {
  const reason = checkReason(given.reason);
  if (!KEY.test(key)) throw invalid('key');
  const invoice = await askProvider(() => gateway.readInvoice(invoiceId));
  // The invoice of another tenant is none of this one.
  if (invoice.customerId !== customerId || invoice.status !== 'paid') throw invalid('invoice');
  const left = invoice.paid - invoice.credited;
  const amount = readAmount(invoice.currency, left);
  if (amount === null || !Number.isInteger(amount) || amount < 1 || amount > invoice.paid)
    throw invalid('amount');
  const details = { amount, currency: invoice.currency, reason };
  const act = { actor, action: 'invoice.credit', subject: invoiceId, aboutTenant: tenantId, details };
  await askNoted(pool, act, () => gateway.creditInvoice({ invoiceId, amount, reason }, key));
}

/**
 * Asks a subscriber for nothing until an instant (epoch milliseconds).
 * @throws Failure `invalid_until`, `invalid_reason`, `stripe_away`, `stripe_refused`
 */
export async function extendTrial(
  pool: Pool,
  {
    tenantId,
    subscriptionId,
    until,
    now,
    gateway,
    key,
    actor,
    ...given
  }: Asked & { subscriptionId: string; until: number; now: number },
): Promise<void> {
  checkUntil(until, now);
  const reason = checkReason(given.reason);
  const details = { until, reason };
  const act = { actor, action: 'trial.extend', subject: subscriptionId, aboutTenant: tenantId, details };
  await askNoted(pool, act, () => gateway.moveTrialEnd(subscriptionId, until, key));
}
