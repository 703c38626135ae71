import { Stripe } from 'stripe';
import type { MeterGateway } from '../usage/meter-gateway.ts';
import { ask, connect, millis, type StripeOptions } from './connection.ts';

/** A name is of one meter, for good: another way of counting has another name. */
const EVENT_NAME = 'footfall_stored_events';

/** Meters of an account that are looked through. */
const MOST_METERS = 100;
/** Hours of one question. */
const MOST_HOURS = 1_000;

const seconds = (at: number): number => Math.floor(at / 1_000);

/** Whether Stripe says that it has an event of this identifier: what it was told before is told. */
const isKnown = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.statusCode === 400 &&
  /already exists/i.test(error.message);

async function findMeter(stripe: Stripe): Promise<string | null> {
  const list = stripe.billing.meters.list({ status: 'active', limit: MOST_METERS });
  const meters = await list.autoPagingToArray({ limit: MOST_METERS });
  return meters.find(({ event_name }) => event_name === EVENT_NAME)?.id ?? null;
}

async function makeMeter(stripe: Stripe): Promise<string> {
  const made = await stripe.billing.meters.create(
    {
      display_name: 'Stored events',
      event_name: EVENT_NAME,
      // The newest event of an hour is the hour; hours are added up.
      event_time_window: 'hour',
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    },
    { idempotencyKey: `meter:${EVENT_NAME}` },
  );
  return made.id;
}

/** The meter at Stripe that counts stored events. */
export function stripeMeters(options: Pick<StripeOptions, 'secretKey' | 'apiBase'>): MeterGateway {
  const stripe = connect({ ...options, webhookSecret: null });
  let known: string | null = null;
  const ensureMeter = () =>
    ask(async () => {
      known ??= (await findMeter(stripe)) ?? (await makeMeter(stripe));
      return known;
    });
  return {
    ensureMeter,
    report: ({ identifier, customerId, at, events }) =>
      ask(async () => {
        try {
          await stripe.billing.meterEvents.create({
            event_name: EVENT_NAME,
            identifier,
            timestamp: seconds(at),
            payload: { stripe_customer_id: customerId, value: String(events) },
          });
        } catch (error) {
          if (!isKnown(error)) throw error;
        }
      }),
    listHours: async (customer, from, to) => {
      const meter = await ensureMeter();
      return ask(async () => {
        const list = stripe.billing.meters.listEventSummaries(meter, {
          customer,
          start_time: seconds(from),
          end_time: seconds(to),
          value_grouping_window: 'hour',
          limit: 100,
        });
        const rows = await list.autoPagingToArray({ limit: MOST_HOURS });
        return new Map(rows.map((row) => [millis(row.start_time), row.aggregated_value]));
      });
    },
  };
}
