import {
  type Answer,
  type Form,
  list,
  nextId,
  type Routes,
  refused,
  type StripeSimulator,
} from './state.fixture.ts';

const HOUR_S = 3_600;
const DAY_S = 86_400;

type Meter = {
  id: string;
  object: 'billing.meter';
  display_name: string;
  event_name: string;
  event_time_window: string | null;
  status: 'active' | 'inactive';
  created: number;
  updated: number;
  livemode: false;
  status_transitions: { deactivated_at: null };
  default_aggregation: { formula: string };
  customer_mapping: { type: 'by_id'; event_payload_key: string };
  value_settings: { event_payload_key: string };
};

/** An event as it came: the newest of an hour counts, which is the one that came last. */
type MeterEvent = {
  identifier: string;
  event_name: string;
  customer: string;
  value: number;
  timestamp: number;
  receivedAt: number;
};

export type SimulatedMeters = {
  meters: Meter[];
  events: MeterEvent[];
  /** Sums have what came at least so many seconds ago. */
  aggregationS: number;
};

const STATES = new WeakMap<StripeSimulator, SimulatedMeters>();

/** What a stand-in knows of meters. */
export function simulatedMeters(stripe: StripeSimulator): SimulatedMeters {
  const state = STATES.get(stripe) ?? { meters: [], events: [], aggregationS: 0 };
  STATES.set(stripe, state);
  return state;
}

/** A customer who is there, however they came to be. */
export function addCustomer(stripe: StripeSimulator, id: string): void {
  const made = {
    metadata: {},
    name: 'Shop',
    email: null,
    created: stripe.now(),
    card: null,
    country: null,
    vatId: null,
  };
  stripe.customers.set(id, { id, object: 'customer', ...made });
}

/** What a customer's invoice would be made of: the newest of each hour, by its start in seconds. */
export function hoursAtStripe(stripe: StripeSimulator, customer: string): Map<number, number> {
  const { events, aggregationS } = simulatedMeters(stripe);
  const hours = new Map<number, number>();
  for (const event of events) {
    if (event.customer !== customer || event.receivedAt > stripe.now() - aggregationS) continue;
    hours.set(event.timestamp - (event.timestamp % HOUR_S), event.value);
  }
  return hours;
}

function takeEvent(stripe: StripeSimulator, form: Form): Answer {
  const { meters, events } = simulatedMeters(stripe);
  const now = stripe.now();
  const { identifier = nextId('evt'), event_name = '' } = form;
  const customer = form['payload[stripe_customer_id]'] ?? '';
  const value = form['payload[value]'] ?? '';
  const timestamp = Number(form.timestamp ?? now);
  if (!meters.some((meter) => meter.event_name === event_name && meter.status === 'active'))
    return refused(400, `No active meter found for event name ${event_name}`);
  if (!stripe.customers.has(customer)) return refused(400, 'No such customer');
  if (!/^\d+$/.test(value)) return refused(400, 'The value is not a whole number');
  if (timestamp < now - 35 * DAY_S) return refused(400, 'The timestamp is more than 35 days ago');
  if (timestamp > now + 300) return refused(400, 'The timestamp is too far in the future');
  // Uniqueness is kept for a rolling day, and no longer.
  if (events.some((event) => event.identifier === identifier && event.receivedAt > now - DAY_S))
    return refused(400, `An event already exists with identifier ${identifier}.`);
  events.push({ identifier, event_name, customer, value: Number(value), timestamp, receivedAt: now });
  const payload = { stripe_customer_id: customer, value };
  const body = {
    object: 'billing.meter_event',
    created: now,
    event_name,
    identifier,
    livemode: false,
    payload,
    timestamp,
  };
  return { status: 200, body };
}

/** Meters, their events, and the sums of these. */
export const meterRoutes: Routes = (stripe) => [
  [
    'POST',
    /^\/v1\/billing\/meters$/,
    (form) => {
      const { meters } = simulatedMeters(stripe);
      const { event_name = '', display_name = '', event_time_window = null } = form;
      if (meters.some((meter) => meter.event_name === event_name && meter.status === 'active'))
        return refused(400, 'There is already an active meter with this event name');
      const meter: Meter = {
        id: nextId('mtr'),
        object: 'billing.meter',
        display_name,
        event_name,
        event_time_window,
        status: 'active',
        created: stripe.now(),
        updated: stripe.now(),
        livemode: false,
        status_transitions: { deactivated_at: null },
        default_aggregation: { formula: form['default_aggregation[formula]'] ?? '' },
        customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
        value_settings: { event_payload_key: 'value' },
      };
      meters.push(meter);
      return { status: 200, body: meter };
    },
  ],
  [
    'GET',
    /^\/v1\/billing\/meters$/,
    (_, __, query) => {
      const status = query.get('status');
      const { meters } = simulatedMeters(stripe);
      return {
        status: 200,
        body: list(meters.filter((meter) => status === null || meter.status === status)),
      };
    },
  ],
  ['POST', /^\/v1\/billing\/meter_events$/, (form) => takeEvent(stripe, form)],
  [
    'GET',
    /^\/v1\/billing\/meters\/(\w+)\/event_summaries$/,
    (_, meter, query) => {
      const [from, to] = [Number(query.get('start_time')), Number(query.get('end_time'))];
      if (query.get('value_grouping_window') !== 'hour' || from % HOUR_S !== 0 || to % HOUR_S !== 0)
        return refused(400, 'The times do not lie on hours');
      const hours = [...hoursAtStripe(stripe, query.get('customer') ?? '')];
      const within = hours.filter(([hour]) => hour >= from && hour < to).sort(([a], [b]) => b - a);
      const rows = within.map(([hour, value]) => ({
        id: `mtrusg_${hour}`,
        object: 'billing.meter_event_summary',
        aggregated_value: value,
        start_time: hour,
        end_time: hour + HOUR_S,
        meter,
        livemode: false,
      }));
      return { status: 200, body: list(rows) };
    },
  ],
];
