import { createHash } from 'node:crypto';
import { COUNTED_STATUSES, monthlyAmount } from '@footfall/core/billing/revenue';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';

const PAYERS = `
SELECT s.tenant_id AS "tenantId", x.currency, x.interval, x.amount::float8 AS amount
FROM subscription s JOIN plan_price x ON x.stripe_id = s.price_id WHERE s.status = ANY ($1)`;
type Payer = { tenantId: string; currency: string; interval: 'month' | 'year'; amount: number };

const KEEP_PAYERS = `
INSERT INTO revenue_month AS r (month, payer, currency, amount, day)
SELECT $1, p.payer, p.currency, p.amount, $2 FROM unnest($3::text[], $4::text[], $5::bigint[]) AS p(payer, currency, amount)
ON CONFLICT (month, payer) DO UPDATE SET currency = excluded.currency, amount = excluded.amount, day = excluded.day
WHERE r.day <= excluded.day`;

// Whoever has paid in this month and does not any more.
const END_OTHERS = `
UPDATE revenue_month SET amount = 0, day = $2 WHERE month = $1 AND amount > 0 AND day <= $2 AND payer <> ALL ($3)`;

/** Somebody who has tried a plan may take this long to pay for it, days. */
const DECIDES = 14;
const TRIALS = `
SELECT b.tenant_id AS "tenantId", to_char(b.trial_ends_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
  CASE WHEN EXISTS (SELECT FROM subscription s WHERE s.tenant_id = b.tenant_id AND s.status = ANY ($2)) THEN 'kept'
    WHEN b.trial_ends_at > to_timestamp($1 / 1000.0) THEN 'open' ELSE 'lost' END AS trial
FROM billing_account b
WHERE b.trial_ends_at BETWEEN to_timestamp($1 / 1000.0) - interval '${DECIDES} days' AND to_timestamp($1 / 1000.0) + interval '31 days'`;
type Trial = { tenantId: string; month: string; trial: string };

const KEEP_TRIALS = `
INSERT INTO revenue_month (month, payer, currency, amount, trial, day)
SELECT t.month, t.payer, 'XXX', 0, t.trial, $1 FROM unnest($2::text[], $3::text[], $4::text[]) AS t(month, payer, trial)
ON CONFLICT (month, payer) DO UPDATE SET trial = excluded.trial`;

/** Who pays, without saying who it is. */
const payerName = (tenantId: string) =>
  createHash('sha256').update(`payer ${tenantId}`).digest('hex').slice(0, 32);

type Day = { month: string; day: string; now: number };

async function notePayers(client: PoolClient, { month, day }: Day): Promise<void> {
  const { rows } = await client.query<Payer>(PAYERS, [COUNTED_STATUSES]);
  const payers = rows
    .map(({ tenantId, currency, interval, amount }) => ({
      payer: payerName(tenantId),
      currency,
      amount: monthlyAmount(amount, interval),
    }))
    .filter(({ amount }) => amount > 0);
  const column = <K extends keyof (typeof payers)[number]>(key: K) => payers.map((payer) => payer[key]);
  await client.query(KEEP_PAYERS, [month, day, column('payer'), column('currency'), column('amount')]);
  await client.query(END_OTHERS, [month, day, column('payer')]);
}

async function noteTrials(client: PoolClient, { day, now }: Day): Promise<void> {
  const { rows } = await client.query<Trial>(TRIALS, [now, COUNTED_STATUSES]);
  const column = (write: (row: Trial) => string) => rows.map(write);
  const payers = column(({ tenantId }) => payerName(tenantId));
  await client.query(KEEP_TRIALS, [day, column((row) => row.month), payers, column((row) => row.trial)]);
}

/**
 * Keeps what each payer pays a month as it is at `now` (epoch milliseconds), and what became of trials. What was kept before of the same
 * month (UTC) is replaced, so that a month which is over has its last state. May be done any number of times.
 */
export function noteRevenue(pool: Pool, now: number): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10);
  const today = { month: day.slice(0, 7), day, now };
  return transaction(pool, async (client) => {
    await notePayers(client, today);
    await noteTrials(client, today);
  });
}
