import { connectPool } from '@footfall/postgres/pool';
import { openCheckout } from './checkout.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';

// A process that opens a page where a tenant pays, for a test that kills it: `node … <database> <provider> <tenant>`.
const [databaseUrl = '', apiBase = '', tenantId = ''] = process.argv.slice(2);

const gateway = stripeGateway({ secretKey: 'sk_test_simulated', webhookSecret: null, apiBase });
const pool = connectPool(databaseUrl, { name: 'test', role: 'web', max: 1 });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const pages = { successUrl: 'https://a.example/{CHECKOUT_SESSION_ID}', cancelUrl: 'https://a.example' };
const request = { tenantId, tenantName: 'Kiln', email: 'ann@kiln.example', priceId: 'p_month', locale: 'en' };
await openCheckout(pool, { ...request, ...pages }, { gateway, log, now: Date.now });
await pool.end();
