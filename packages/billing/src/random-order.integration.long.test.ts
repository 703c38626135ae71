import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { live, lives, sellPlans } from './random-order.fixture.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
  await sellPlans(plane);
});
afterAll(() => plane.drop());

const HOUR_MS = 3_600_000;

test(
  'as random-order.integration.test.ts, for a thousand lives',
  async () => {
    const services = { portal: plane.as('web').pool, scheduler: plane.as('scheduler').pool };
    await fc.assert(
      fc.asyncProperty(lives, (life) => live(plane, services, life)),
      { numRuns: 1_000 },
    );
  },
  HOUR_MS,
);
