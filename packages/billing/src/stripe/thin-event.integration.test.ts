import { createHmac } from 'node:crypto';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handleEvents, noteEvent } from '../inbox.ts';
import { stripeGateway } from './stripe-gateway.ts';
import { METER_ERRORS } from './thin-event.ts';

const SECRET = 'whsec_thin';
const gateway = stripeGateway({
  secretKey: 'sk_test_x',
  webhookSecret: SECRET,
  apiBase: 'http://127.0.0.1:9',
});

/** A body as Stripe's newer kind of events has it, and its signature. */
function signed(secret = SECRET) {
  const related_object = { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' };
  const body = JSON.stringify({
    id: 'evt_thin',
    object: 'v2.core.event',
    type: METER_ERRORS,
    livemode: false,
    related_object,
  });
  const t = Math.floor(Date.now() / 1_000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { body: Buffer.from(body), signature: `t=${t},v1=${v1}` };
}

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

test('a report of errors is believed with its signature alone, noted once, and said in the log', async () => {
  const { body, signature } = signed();
  expect(() => gateway.verifyEvent(body, signed('whsec_other').signature)).toThrow(
    expect.objectContaining({ code: 'invalid_signature' }),
  );
  const event = gateway.verifyEvent(body, signature);
  expect(event).toEqual({ id: 'evt_thin', type: METER_ERRORS, customerId: null });
  const web = plane.as('web').pool;
  for (const _ of [1, 2]) await noteEvent(web, event);
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const options = { gateway, log, now: Date.now };
  expect(await handleEvents(plane.as('scheduler').pool, options)).toBe(1);
  expect(log.error).toHaveBeenCalledExactlyOnceWith({ event: 'evt_thin' }, expect.stringContaining('hours'));
});
