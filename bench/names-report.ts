import { cpuUsage } from 'node:process';

const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(2)} %`;

/** Prints one figure. */
export const say = (what: string, figure: string) => console.log(`${what.padEnd(64)} ${figure}`);

/** Prints how many of these items are right; answers those that are not. */
export function share<Item>(what: string, items: readonly Item[], isRight: (item: Item) => boolean): Item[] {
  const wrong = items.filter((item) => !isRight(item));
  say(what, `${percent(items.length - wrong.length, items.length)} of ${items.length}`);
  return wrong;
}

/** Prints the microseconds of CPU that each call takes; the clock would count other processes, too. */
export function cost<Item>(what: string, items: readonly Item[], look: (item: Item) => unknown): void {
  const rounds = Math.ceil(200_000 / items.length);
  for (const item of items) look(item);
  const start = cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const item of items) look(item);
  const { user, system } = cpuUsage(start);
  say(what, `${((user + system) / (rounds * items.length)).toFixed(2)} µs`);
}
