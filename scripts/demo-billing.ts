/**
 * `npm run demo:billing`: the portal with plans for sale, and a stand-in for Stripe to pay at. Nothing is paid, and nothing is kept: the
 * data are in a folder that goes with it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { offerTrial } from '@footfall/billing/catalog/trial';
import { sellDemoPlans } from '@footfall/billing/demo-plans.fixture';
import { CARDS } from '@footfall/billing/stripe/simulator/card.fixture';
import { startStripe } from '@footfall/billing/stripe/simulator/simulator.fixture';
import { connectPool } from '@footfall/postgres/pool';
import { startInstallation } from '@footfall/testkit/installation';

const say = (line: string) => process.stdout.write(`${line}\n`);

say('starting; the first time it is built, which takes some minutes');
const stripe = await startStripe();
const installation = await startInstallation({
  STRIPE_SECRET_KEY: stripe.secretKey,
  STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  STRIPE_API_BASE: stripe.url,
});
const connections = await readFile(path.join(installation.dataDir, 'connections.json'), 'utf8');
const pool = connectPool((JSON.parse(connections) as { database: string }).database, {
  name: 'demo',
  max: 1,
});
await sellDemoPlans(pool, stripe);
await offerTrial(pool, 'growth-v1', { isOffered: true, actor: { id: 'demo', address: '' } });
await pool.end();
stripe.deliverTo(`${installation.webUrl}/api/stripe/webhook`);

say(`
1. ${installation.webUrl}/sign-up   make an account
2. ${installation.webUrl}/billing   choose a plan, and pay with one of these cards:`);
for (const { number, label } of Object.values(CARDS)) say(`     ${number}   ${label}`);
say(`3. ${stripe.url}/clock   move Stripe's clock on, to see renewals
Ctrl-C ends it.`);

process.once('SIGINT', async () => {
  await installation.stop();
  await stripe.close();
  process.exit();
});
