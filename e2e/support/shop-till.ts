import { sellDemoPlans } from '@footfall/billing/demo-plans.fixture';
import { startStripe } from '@footfall/billing/stripe/simulator/simulator.fixture';
import type {
  SimulatedSubscription,
  StripeSimulator,
} from '@footfall/billing/stripe/simulator/state.fixture';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import type { Installation } from '@footfall/testkit/installation';
import { readConnections } from './connections.ts';
import type { Install } from './test.ts';

/** An installation with plans for sale, and the stand-in at which they are paid. */
export type Till = {
  installation: Installation;
  stripe: StripeSimulator;
  pool: Pool;
  close(): Promise<void>;
};

export async function openTill(install: Install): Promise<Till> {
  const stripe = await startStripe();
  const installation = await install({
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
    DIRECTORY_TTL_SECONDS: '2',
  });
  const pool = connectPool((await readConnections(installation)).database, { name: 'test', max: 1 });
  await sellDemoPlans(pool, stripe);
  stripe.deliverTo(`${installation.webUrl}/api/stripe/webhook`);
  const close = async () => {
    await pool.end();
    await installation.stop();
    await stripe.close();
  };
  return { installation, stripe, pool, close };
}

/** A tenant's subscription as we have it. */
export async function keptIn({ pool }: Till, tenant: string) {
  const { rows } = await pool.query<{
    plan: string;
    status: string;
    stripe_id: string;
    ends_at: Date | null;
  }>('SELECT plan, status, stripe_id, ends_at FROM subscription WHERE tenant_id = $1', [tenant]);
  return rows[0];
}

/** Its live subscriptions as the stand-in has them. */
export function liveIn({ stripe }: Till, tenant: string): SimulatedSubscription[] {
  const own = [...stripe.customers.values()].filter(({ metadata }) => metadata.tenant_id === tenant);
  return [...stripe.subscriptions.values()].filter(
    ({ customer, status }) => own.some(({ id }) => id === customer) && status !== 'canceled',
  );
}
