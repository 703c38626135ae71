import type { StripeSimulator } from '@footfall/billing/stripe/simulator/state.fixture';
import { PLAN_FEATURES } from '@footfall/core/billing/terms';
import type { Database } from '@footfall/db/prisma';

/** What a team of the walk has bought. */
export type WalkMoney = {
  /** Ids of prices that are for sale. */
  prices: Readonly<Record<'small' | 'big', string>>;
  /** From here on it was never asked to pay, nor had a trial. */
  forget(): Promise<void>;
  /** It has this plan from here on. */
  subscribe(plan: 'small' | 'big'): Promise<void>;
};

const AMOUNTS = { small: 900, big: 1_900 } as const;

type Setting = { database: Database; stripe: StripeSimulator; tenantId: string };

/** Puts two plans on sale, and says how a team comes to have one. */
export async function sellPlans({ database, stripe, tenantId }: Setting): Promise<WalkMoney> {
  for (const [name, amount] of Object.entries(AMOUNTS)) {
    const plan = { name, family: name, state: 'published', title: name, isPublic: true, isTrial: true };
    // All of them: what the walk does beside paying is not to depend on what was paid for.
    await database.plan.create({ data: { ...plan, features: [...PLAN_FEATURES] } });
    const price = { id: `p_${name}`, planName: name, currency: 'EUR', interval: 'month', amount };
    await database.planPrice.create({ data: { ...price, stripeId: `price_${name}` } });
  }
  const forget = async () => {
    await database.billingAccount.deleteMany({ where: { tenantId } });
    await database.trialClaim.deleteMany();
  };
  return {
    prices: { small: 'p_small', big: 'p_big' },
    forget,
    subscribe: async (plan) => {
      await forget();
      const customer = `cus_${crypto.randomUUID().slice(0, 8)}`;
      await database.billingAccount.create({ data: { tenantId, customerId: customer } });
      await beginAt(stripe, customer, `price_${plan}`);
    },
  };
}

async function ask(stripe: StripeSimulator, path: string, fields: Record<string, string>) {
  const answer = await fetch(stripe.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.secretKey}` },
    body: new URLSearchParams(fields),
  });
  return (await answer.json()) as { id: string };
}

/** A customer of that id subscribes to a price. */
async function beginAt(stripe: StripeSimulator, customer: string, price: string): Promise<void> {
  const made = await ask(stripe, '/v1/customers', { name: 'kiln' });
  const known = stripe.customers.get(made.id);
  if (known !== undefined) stripe.customers.set(customer, { ...known, id: customer });
  const { id } = await ask(stripe, '/v1/checkout/sessions', { customer, 'line_items[0][price]': price });
  stripe.pay(id);
}
