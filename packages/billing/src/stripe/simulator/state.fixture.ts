import { randomUUID } from 'node:crypto';
import type { CardName } from './card.fixture.ts';

/** Stripe as far as we use it, with state: for tests alone. What it answers has the shape of the API version that the client speaks. */
export type StripeSimulator = {
  url: string;
  secretKey: string;
  webhookSecret: string;
  /** Requests that made or changed something, in their order, as `POST /v1/customers`. */
  changes: string[];
  /** Told of each request of the API and its answer. */
  onExchange: ((exchange: Exchange) => void) | null;
  /** The next requests are answered with this status; null: as they should be. */
  failWith: number | null;
  settings: SimulatorSettings;
  customers: Map<string, SimulatedCustomer>;
  /** A price that is not there costs 9 euros a month. */
  prices: Map<string, SimulatedPrice>;
  subscriptions: Map<string, SimulatedSubscription>;
  sessions: Map<string, SimulatedSession>;
  invoices: Map<string, SimulatedInvoice>;
  payments: Map<string, SimulatedPayment>;
  portalSessions: Map<string, { customer: string; returnUrl: string }>;
  refunds: SimulatedRefund[];
  creditNotes: SimulatedCreditNote[];
  /** All that was told, in the order in which it happened. */
  events: SimulatedEvent[];
  /** Its clock, in seconds: that of the machine, moved by `advance`. */
  now(): number;
  /** Moves the clock on; what falls due until then happens, each at its own moment. */
  advance(to: number): void;
  /** Somebody pays on the page of a session: its subscription begins. */
  pay(sessionId: string, card?: CardName): SimulatedSubscription;
  /** A subscription that is there, however it came to be. */
  addSubscription(
    more: Pick<SimulatedSubscription, 'customer'> & Partial<SimulatedSubscription>,
  ): SimulatedSubscription;
  /** Something has happened to an object, which is told as it is now. */
  emit(type: string, object: object): void;
  /** Sends events to a URL or a function from now on; `choose` says how each comes. */
  deliverTo(target: Target | null, choose?: Choose): void;
  /** Resolves when all that was to be sent has been. */
  delivered(): Promise<void>;
  /** Sends those that were late, the last first. */
  deliverLate(): Promise<void>;
  /** What Stripe would send about a customer: the body and its signature. */
  sign(type: string, object: object): { body: string; signature: string; id: string };
  close(): Promise<void>;
};

export type SimulatorSettings = {
  /** What becomes of a subscription whose last retry has failed. */
  afterRetries: 'unpaid' | 'canceled';
  /** How long an invoice of a renewal is a draft, seconds. */
  draftS: number;
};

export type SimulatedCustomer = {
  id: string;
  object: 'customer';
  metadata: Record<string, string>;
  name: string;
  email: string | null;
  created: number;
  /** What it pays with; null: no card yet. */
  card: CardName | null;
  country: string | null;
  vatId: string | null;
};

export type SimulatedPrice = {
  id: string;
  object: 'price';
  active: boolean;
  lookup_key: string | null;
  product: string;
  currency: string;
  unit_amount: number;
  recurring: { interval: 'month' | 'year'; usage_type: 'licensed' | 'metered' };
  metadata: Record<string, string>;
};

export type SimulatedSubscription = {
  id: string;
  customer: string;
  status: string;
  price: string;
  /** The plan that the price names itself. */
  plan: string | null;
  created: number;
  /** Periods begin here. */
  anchor: number;
  periodStart: number;
  periodEnd: number;
  trial_end: number | null;
  /** Whether the end of the trial was told three days before. */
  trialEndTold: boolean;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  ended_at: number | null;
  latest_invoice: string | null;
  /** A change that waits for its payment. */
  pending: { price: string; invoice: string; expiresAt: number } | null;
  /** A change that waits for the end of the period; `next` is null before it is told which, and after it took force. */
  schedule: { id: string; next: string | null } | null;
  metadata: Record<string, string>;
};

export type SimulatedSession = {
  id: string;
  object: 'checkout.session';
  customer: string;
  status: 'open' | 'complete' | 'expired';
  url: string | null;
  subscription: string | null;
  price: string;
  success_url: string;
  cancel_url: string;
  created: number;
  trial_end: number | null;
  metadata: Record<string, string>;
};

export type InvoiceLine = {
  description: string;
  amount: number;
  price: string;
  period: { start: number; end: number };
};

export type SimulatedInvoice = {
  id: string;
  customer: string;
  subscription: string | null;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  number: string | null;
  billing_reason: string;
  currency: string;
  lines: InvoiceLine[];
  created: number;
  /** When a draft is finalised; null: by nobody. */
  finalizesAt: number | null;
  attempts: number;
  nextAttempt: number | null;
  payment: string | null;
  paidAt: number | null;
};

export type SimulatedPayment = {
  id: string;
  customer: string;
  invoice: string;
  amount: number;
  currency: string;
  created: number;
  refunded: number;
};

export type SimulatedRefund = { id: string; payment_intent: string; amount: number; created: number };
export type SimulatedCreditNote = { id: string; invoice: string; amount: number; created: number };
export type SimulatedEvent = { id: string; type: string; created: number; body: string };

/** How an event comes: some come twice, some late and in another order, some never. */
export type Manner = 'once' | 'twice' | 'late' | 'dropped';
/** Says how the next event comes. */
export type Choose = (event: SimulatedEvent) => Manner;
/** Where events are sent: a URL, or what takes the body and its signature. */
export type Target = string | ((body: string, signature: string) => Promise<void>);

/** The fields of a request, by their names as they were sent. */
export type Form = Record<string, string>;
export type Answer = { status: number; body: unknown };
/** `query` as in the address, with its question mark. */
export type Exchange = { method: string; path: string; query: string; form: Form; answer: Answer };

export const DAY_S = 86_400;

export const list = (data: readonly object[], hasMore = false) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url: '/v1',
});
export const refused = (status: number, message: string, code?: string): Answer => ({
  status,
  body: { error: { type: status < 500 ? 'invalid_request_error' : 'api_error', message, code } },
});

/** Answers a request: its fields, the id in its path, and its query. */
export type Handle = (form: Form, id: string, query: URLSearchParams) => Answer;

export const nextId = (kind: string) => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 14)}`;

/** Endpoints of one kind of thing: method, path with the id in it, and what answers. */
export type Routes = (stripe: StripeSimulator) => [string, RegExp, Handle][];
