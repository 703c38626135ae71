import { createHmac } from 'node:crypto';
import type { Choose, Manner, SimulatedEvent, Target } from './state.fixture.ts';

/** A signature as Stripe's, made now: it is of this machine's clock, which receivers have too. */
export function signBody(secret: string, body: string): string {
  const t = Math.floor(Date.now() / 1_000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

const MANNERS: readonly Manner[] = ['once', 'once', 'twice', 'late', 'dropped'];

/** Chooses as dice would, the same for the same seed. */
export function seededChoose(seed: number): Choose {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return MANNERS[(state >>> 16) % MANNERS.length] ?? 'once';
  };
}

async function send(target: Target, body: string, signature: string): Promise<boolean> {
  try {
    if (typeof target === 'function') {
      await target(body, signature);
      return true;
    }
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    const answer = await fetch(target, { method: 'POST', body, headers });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    // Who could not be reached is asked again with the late ones, as Stripe does for three days.
    return false;
  }
}

/** Sends events one after the other, each as it was chosen. */
export function createDelivery(secret: string) {
  let target: Target | null = null;
  let choose: Choose = () => 'once';
  let work: Promise<void> = Promise.resolve();
  let late: SimulatedEvent[] = [];

  const enqueue = (event: SimulatedEvent) => {
    work = work.then(async () => {
      if (target === null) return;
      if (!(await send(target, event.body, signBody(secret, event.body)))) late.push(event);
    });
  };
  return {
    to: (where: Target | null, how: Choose = () => 'once') => {
      target = where;
      choose = how;
    },
    add: (event: SimulatedEvent) => {
      if (target === null) return;
      const manner = choose(event);
      if (manner === 'late') late.push(event);
      if (manner === 'once' || manner === 'twice') enqueue(event);
      if (manner === 'twice') enqueue(event);
    },
    done: () => work,
    sendLate: async () => {
      await work;
      const waiting = late.reverse();
      late = [];
      for (const event of waiting) enqueue(event);
      await work;
    },
  };
}
