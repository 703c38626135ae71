import { apiFailure } from '#api/errors.ts';
import { openRoute } from '#api/open-route.ts';
import { handler, json, refuseMethods } from '#api/respond.ts';

/**
 * Takes what Stripe sends: its signature is over the very bytes, so they are not parsed before. It is noted and answered at once; the
 * scheduler handles it.
 */
export const POST = handler(async (request: Request) => receive(request));

const receive = openRoute('/api/stripe/webhook', async ({ billing }, request) => {
  if (billing === null)
    throw apiFailure('not_found', 'no payment is taken here: STRIPE_SECRET_KEY is not set');
  const body = Buffer.from(await request.arrayBuffer());
  await billing.receive(body, request.headers.get('stripe-signature') ?? '');
  return json({ received: true });
});

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
