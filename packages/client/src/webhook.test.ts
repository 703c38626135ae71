import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from './webhook.ts';

const NOW = Date.parse('2026-01-07T10:00:00Z');
const SECONDS = NOW / 1_000;
const BODY = '{"id":"delivery_a","type":"ping"}';
const sign = (secret: string, seconds = SECONDS, body = BODY) =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

const verify = (signature: string | null, more: object = {}) =>
  verifyWebhook({ body: BODY, signature, secret: 'whsec_a', now: NOW, ...more });

describe('a delivery', () => {
  it.each([
    ['is signed by the secret', `t=${SECONDS},v1=${sign('whsec_a')}`],
    ['is signed by two, of which one is it', `t=${SECONDS},v1=${sign('whsec_b')},v1=${sign('whsec_a')}`],
  ])('is the portal’s when it %s', async (_, signature) => {
    expect(await verify(signature)).toBe(true);
  });

  it.each([
    ['has no signature', null],
    ['has an empty one', ''],
    ['is signed by another secret', `t=${SECONDS},v1=${sign('whsec_b')}`],
    ['has a signature of another time', `t=${SECONDS - 1},v1=${sign('whsec_a')}`],
    ['is old', `t=${SECONDS - 301},v1=${sign('whsec_a', SECONDS - 301)}`],
    ['is of the future', `t=${SECONDS + 301},v1=${sign('whsec_a', SECONDS + 301)}`],
    ['has a signature cut short', `t=${SECONDS},v1=${sign('whsec_a').slice(2)}`],
    ['has one of a scheme that is not known', `t=${SECONDS},v0=${sign('whsec_a')}`],
    ['has no time', `v1=${sign('whsec_a')}`],
  ])('is not when it %s', async (_, signature) => {
    expect(await verify(signature)).toBe(false);
  });

  it('is not when its body was changed', async () => {
    expect(await verify(`t=${SECONDS},v1=${sign('whsec_a')}`, { body: `${BODY} ` })).toBe(false);
  });
});
