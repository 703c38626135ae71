import { addMonths } from '@footfall/core/billing/period';
import type { CardName } from './card.fixture.ts';
import type { Due } from './clock.fixture.ts';
import { addInvoice, finalize, periodLine, stopCollecting } from './invoices.fixture.ts';
import { findPrice, writeSession, writeSubscription } from './shapes.fixture.ts';
import {
  DAY_S,
  nextId,
  type SimulatedSession,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

const tell = (stripe: StripeSimulator, type: string, one: SimulatedSubscription) =>
  stripe.emit(`customer.subscription.${type}`, writeSubscription(stripe, one));

/** The first end of a period after an instant: months (or years) after the anchor, never added up. */
export function nextPeriodEnd(stripe: StripeSimulator, one: SimulatedSubscription, after: number): number {
  const step = findPrice(stripe, one.price).recurring.interval === 'year' ? 12 : 1;
  for (let count = 1; ; count += 1) {
    const end = Math.floor(addMonths(one.anchor * 1_000, count * step) / 1_000);
    if (end > after) return end;
  }
}

/** A subscription that is there; periods and dates follow from when it was made. */
export function addSubscription(
  stripe: StripeSimulator,
  more: Pick<SimulatedSubscription, 'customer'> & Partial<SimulatedSubscription>,
): SimulatedSubscription {
  const created = more.created ?? stripe.now();
  const one: SimulatedSubscription = {
    id: nextId('sub'),
    status: 'active',
    price: 'price_simulated',
    plan: null,
    created,
    anchor: created,
    periodStart: created,
    periodEnd: created,
    trial_end: null,
    trialEndTold: false,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ended_at: null,
    latest_invoice: null,
    pending: null,
    schedule: null,
    metadata: {},
    ...more,
  };
  if (one.periodEnd <= one.periodStart)
    one.periodEnd = one.trial_end ?? nextPeriodEnd(stripe, one, one.periodStart);
  stripe.subscriptions.set(one.id, one);
  return one;
}

/** Begins a subscription: in a trial, or by its first payment. */
function begin(stripe: StripeSimulator, session: SimulatedSession): SimulatedSubscription {
  const { customer, price, trial_end, metadata } = session;
  const one = addSubscription(stripe, {
    customer,
    price,
    trial_end,
    anchor: trial_end ?? stripe.now(),
    status: trial_end === null ? 'incomplete' : 'trialing',
    metadata,
  });
  const line = periodLine(stripe, one);
  tell(stripe, 'created', one);
  finalize(
    stripe,
    addInvoice(stripe, one, { reason: 'subscription_create', lines: [line], finalizesAt: null }),
  );
  return one;
}

/** Somebody pays on the page of a session. */
export function payOn(stripe: StripeSimulator, sessionId: string, card: CardName): SimulatedSubscription {
  const session = stripe.sessions.get(sessionId);
  if (session?.status !== 'open') throw new Error(`${sessionId} is not open`);
  const customer = stripe.customers.get(session.customer);
  if (customer !== undefined) customer.card = card;
  const one = begin(stripe, session);
  Object.assign(session, { status: 'complete', subscription: one.id, url: null });
  stripe.emit('checkout.session.completed', writeSession(session));
  return one;
}

/** Ends a subscription now. */
export function end(stripe: StripeSimulator, one: SimulatedSubscription): void {
  const now = stripe.now();
  Object.assign(one, { status: 'canceled', canceled_at: one.canceled_at ?? now, ended_at: now });
  stopCollecting(stripe, one);
  tell(stripe, 'deleted', one);
}

/** A plan of another interval has months, or years, of its own. */
export function changePrice(
  stripe: StripeSimulator,
  one: SimulatedSubscription,
  price: string,
  at: number,
): void {
  const interval = (id: string) => findPrice(stripe, id).recurring.interval;
  const isOther = interval(one.price) !== interval(price);
  one.price = price;
  if (!isOther) return;
  Object.assign(one, { anchor: at, periodStart: at });
  one.periodEnd = nextPeriodEnd(stripe, one, at);
}

/** The change that was scheduled takes force; the schedule lets the subscription go a period later. */
function takeScheduled(stripe: StripeSimulator, one: SimulatedSubscription): void {
  if (one.schedule === null) return;
  const { next } = one.schedule;
  if (next === null) one.schedule = null;
  else {
    one.schedule.next = null;
    changePrice(stripe, one, next, one.periodEnd);
  }
}

/** The next period begins. */
function renew(stripe: StripeSimulator, one: SimulatedSubscription): void {
  const { periodEnd } = one;
  takeScheduled(stripe, one);
  one.periodStart = periodEnd;
  one.periodEnd = nextPeriodEnd(stripe, one, one.periodStart);
  tell(stripe, 'updated', one);
  // Of a subscription that was given up, invoices stay drafts.
  const finalizesAt = one.status === 'unpaid' ? null : stripe.now() + stripe.settings.draftS;
  addInvoice(stripe, one, { reason: 'subscription_cycle', lines: [periodLine(stripe, one)], finalizesAt });
}

/** A trial ends: who has left no card is not asked to pay, and has nothing. */
function endTrial(stripe: StripeSimulator, one: SimulatedSubscription): void {
  const hasCard = (stripe.customers.get(one.customer)?.card ?? null) !== null;
  one.status = hasCard ? 'active' : 'paused';
  if (hasCard) renew(stripe, one);
  else tell(stripe, 'paused', one);
}

/** A period is over, or a trial. */
function endPeriod(stripe: StripeSimulator, one: SimulatedSubscription): void {
  if (one.cancel_at_period_end) end(stripe, one);
  else if (one.status === 'trialing') endTrial(stripe, one);
  else renew(stripe, one);
}

/** A change that nobody has paid for is given up. */
function giveUp(stripe: StripeSimulator, one: SimulatedSubscription): void {
  const invoice = stripe.invoices.get(one.pending?.invoice ?? '');
  one.pending = null;
  if (invoice !== undefined) invoice.status = 'void';
  tell(stripe, 'pending_update_expired', one);
}

const OVER = ['canceled', 'incomplete_expired', 'paused'];
const TOLD_BEFORE_S = 3 * DAY_S;

/** Periods that end, trials of which is told before, and subscriptions that end on a day. */
export function dueSubscriptions(stripe: StripeSimulator): Due[] {
  return [...stripe.subscriptions.values()].flatMap((one) => {
    if (OVER.includes(one.status)) return [];
    const due: Due[] = [{ at: one.periodEnd, run: () => endPeriod(stripe, one) }];
    if (one.cancel_at !== null && one.cancel_at <= one.periodEnd)
      due.unshift({ at: one.cancel_at, run: () => end(stripe, one) });
    if (one.pending !== null) due.unshift({ at: one.pending.expiresAt, run: () => giveUp(stripe, one) });
    if (one.status === 'trialing' && !one.trialEndTold)
      due.unshift({
        at: Math.max(one.periodEnd - TOLD_BEFORE_S, one.created),
        run: () => {
          one.trialEndTold = true;
          tell(stripe, 'trial_will_end', one);
        },
      });
    return due;
  });
}

/** Nobody can pay there any more. */
export function expire(stripe: StripeSimulator, session: SimulatedSession): void {
  Object.assign(session, { status: 'expired', url: null });
  stripe.emit('checkout.session.expired', writeSession(session));
}

/** Pages on which nobody has paid for a day. */
export function dueSessions(stripe: StripeSimulator): Due[] {
  return [...stripe.sessions.values()]
    .filter(({ status }) => status === 'open')
    .map((session) => ({ at: session.created + DAY_S, run: () => expire(stripe, session) }));
}
