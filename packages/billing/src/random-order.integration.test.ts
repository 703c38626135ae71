import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import type { Interruption } from './fallible.fixture.ts';
import { type Command, live, lives, sellPlans } from './random-order.fixture.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
  await sellPlans(plane);
});
afterAll(() => plane.drop());

const services = () => ({ portal: plane.as('web').pool, scheduler: plane.as('scheduler').pool });

test('in whatever order people pay, processes die and events come: one subscription, nothing paid twice, and what was bought is had', async () => {
  const opened = services();
  await fc.assert(
    fc.asyncProperty(lives, (life) => live(plane, opened, life)),
    { numRuns: 30 },
  );
}, 300_000);

const begin = { does: 'begin', price: 'p_month', locale: 'de' } as const;
const pay = { does: 'pay', at: 0, card: 'works' } as const;
/** More steps than any of these has. */
const STEPS = Array.from({ length: 24 }, (_, index) => index + 1);

/** Lives in which something dies after each of its steps. */
const DEATHS: readonly [string, (crash: Interruption) => Command[]][] = [
  [
    'opening a page, and another admin goes on',
    (interruption) => [{ ...begin, interruption }, { ...begin, locale: 'en', interruption: null }, pay],
  ],
  [
    'opening another page, and goes on in the same minute',
    (interruption) => [
      { ...begin, interruption: null },
      { ...begin, interruption },
      { ...begin, interruption: null },
      pay,
    ],
  ],
  [
    'ending what was paid twice, for three months',
    (interruption) => [
      { ...begin, interruption: null },
      { does: 'open by hand' },
      pay,
      pay,
      { does: 'wait', days: 70 },
      { does: 'come back', interruption },
    ],
  ],
  [
    'handling events',
    (interruption) => [
      { ...begin, interruption: null },
      pay,
      { does: 'deliver late events' },
      { does: 'handle events', interruption },
      { does: 'wait', days: 2 },
    ],
  ],
];

test('a second payment of which nobody was told is paid back within the hour', async () => {
  const twice: Command[] = [{ ...begin, interruption: null }, { does: 'open by hand' }, pay, pay];
  await live(plane, services(), { seed: null, commands: twice });
});

test.each(DEATHS)(
  'a process that dies %s leaves nothing that is not mended',
  async (_, life) => {
    const opened = services();
    for (const afterStep of STEPS)
      await live(plane, opened, { seed: afterStep, commands: life({ afterStep, happens: 'crash' }) });
  },
  120_000,
);
