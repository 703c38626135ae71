import { expect, it } from 'vitest';
import { readSteps, showSteps } from './steps-text.ts';

const GOALS = [{ id: 'goal_a', name: 'Order' }];

it('reads pages, goals and events, one a line', () => {
  expect(readSteps(' /p/* \r\n\nadd_to_cart\nOrder\norder', GOALS)).toEqual([
    { page: '/p/*' },
    { event: 'add_to_cart' },
    { goal: 'goal_a' },
    { event: 'order' },
  ]);
});

it('shows what was read, and that a goal is gone', () => {
  const steps = readSteps('/p/*\nadd_to_cart\nOrder', GOALS);
  expect(showSteps(steps, GOALS).map(({ text }) => text)).toEqual(['/p/*', 'add_to_cart', 'Order']);
  expect(showSteps(steps, []).at(-1)).toEqual({ kind: 'goal', text: null });
});
