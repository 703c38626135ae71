import { randomUUID } from 'node:crypto';

/** Stripe as far as we use it, with state: for tests alone. What it answers has the shape of the API version that the client speaks. */
export type StripeSimulator = {
  url: string;
  secretKey: string;
  webhookSecret: string;
  /** Requests that made or changed something, in their order, as `POST /v1/customers`. */
  changes: string[];
  /** The next requests are answered with this status; null: as they should be. */
  failWith: number | null;
  /** Its clock, in seconds. */
  now: () => number;
  customers: Map<string, SimulatedCustomer>;
  subscriptions: Map<string, SimulatedSubscription>;
  sessions: Map<string, SimulatedSession>;
  refunds: { payment_intent: string }[];
  /** Somebody pays on the page of a session: its subscription begins. */
  pay(sessionId: string): SimulatedSubscription;
  /** What Stripe would send about a customer: the body and its signature. */
  sign(type: string, object: object): { body: string; signature: string; id: string };
  close(): Promise<void>;
};

export type SimulatedCustomer = {
  id: string;
  object: 'customer';
  metadata: Record<string, string>;
  name: string;
};

export type SimulatedSubscription = {
  id: string;
  customer: string;
  status: string;
  price: string;
  plan: string | null;
  created: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  invoiceStatus: 'paid' | 'open';
};

export type SimulatedSession = {
  id: string;
  object: 'checkout.session';
  customer: string;
  status: 'open' | 'complete' | 'expired';
  url: string | null;
  subscription: string | null;
  price: string;
};

/** The fields of a request, by their names as they were sent. */
export type Form = Record<string, string>;
export type Answer = { status: number; body: unknown };

export const DAY_S = 86_400;
export const nowS = () => Math.floor(Date.now() / 1_000);

export const list = (data: readonly object[]) => ({ object: 'list', data, has_more: false, url: '/v1' });
export const refused = (status: number, message: string): Answer => ({
  status,
  body: { error: { type: status < 500 ? 'invalid_request_error' : 'api_error', message } },
});

/** Answers a request: its fields, the id in its path, and its query. */
export type Handle = (form: Form, id: string, query: URLSearchParams) => Answer;

export const nextId = (kind: string) => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 14)}`;

/** Endpoints of one kind of thing: method, path with the id in it, and what answers. */
export type Routes = (stripe: StripeSimulator) => [string, RegExp, Handle][];
