import { setTimeout as sleep } from 'node:timers/promises';
import { findEngine } from '@footfall/testkit/engines';
import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import { expectCounted, watchLedger } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { sendAll } from './support/sending.ts';
import { startProcessor } from './support/services.ts';
import { test } from './support/test.ts';

// `npm run test:long`: whatever can break breaks, one thing after the other in an order that nobody chose.
const MINUTES = 5;
const VISITORS = 500;
const SERVICES = ['collector', 'processor', 'aggregator', 'web'] as const;
const ENGINES = ['kafka', 'cassandra', 'elasticsearch'] as const;

let installation: Installation;
test.beforeAll(async ({ install }) => {
  test.setTimeout(600_000);
  installation = await install();
});
test.afterAll(() => installation.stop());
test.afterEach(async () => {
  for (const name of ENGINES) await findEngine(name).start();
});

async function killService(service: (typeof SERVICES)[number]): Promise<void> {
  const pid = (await installation.pids())[service];
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch (error) {
    // The supervisor is just starting it again.
    expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
  }
}

async function breakEngine(name: (typeof ENGINES)[number], how: 'stop' | 'kill'): Promise<void> {
  await findEngine(name)[how]();
  await sleep(Math.random() * 10_000);
  await findEngine(name).start();
}

async function joinAndLeave(how: 'stop' | 'kill'): Promise<void> {
  const processor = await startProcessor(installation);
  await sleep(Math.random() * 5_000);
  await processor[how]();
}

const BREAKS: readonly [what: string, run: () => Promise<void>][] = [
  ...SERVICES.map((name) => [`${name} is killed`, () => killService(name)] as const),
  ...ENGINES.flatMap((name) =>
    (['stop', 'kill'] as const).map((how) => [`${how} ${name}`, () => breakEngine(name, how)] as const),
  ),
  ...(['stop', 'kill'] as const).map(
    (how) => [`a processor joins, then ${how}`, () => joinAndLeave(how)] as const,
  ),
].map(([what, run]) => [what, run]);

test('services and engines break at random for minutes while events arrive: all are counted exactly once', async ({
  faults,
}) => {
  test.setTimeout(MINUTES * 60_000 + 900_000);
  const { events } = faults;
  const { client } = await newMerchant(installation);
  const watch = watchLedger(client);
  const until = Date.now() + MINUTES * 60_000;
  const breaking = async () => {
    while (Date.now() < until) {
      const [what, run] = BREAKS[Math.floor(Math.random() * BREAKS.length)] as (typeof BREAKS)[number];
      await test.step(what, run);
      await sleep(Math.random() * 3_000);
    }
  };
  const load = { events, visitors: VISITORS, perSecond: events / (MINUTES * 60) };
  await Promise.all([sendAll(client, load), breaking()]);
  await expectCounted(client, events);
  await watch.stop();
});
