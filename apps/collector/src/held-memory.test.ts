import { expect, test } from 'vitest';
import { type CutReason, HeldMemory } from './held-memory.ts';

const LIMITS = { total: 100, sender: 60, graceMs: 5_000, bytesPerSecond: 10 };

function memory(now = () => 0) {
  const held = new HeldMemory(LIMITS, now);
  const cut: [name: string, why: CutReason][] = [];
  const open = (sender: string, name = sender) => {
    const request = held.open(sender);
    const reading = request.read((why) => cut.push([name, why]));
    return { ...request, end: reading.end };
  };
  return { held, open, cut };
}

test('takes up to its bound, over all requests, and gives back what one held', () => {
  const { held, open } = memory();
  const [first, second] = [open('a'), open('b')];
  first.end();
  expect([first.add(60), second.add(40), second.add(1), held.bytes]).toEqual([true, true, false, 100]);
  first.release();
  first.release();
  expect([held.bytes, second.add(20), held.bytes]).toEqual([40, true, 60]);
});

test('one sender holds no more than its share, whatever room there is', () => {
  const { open } = memory();
  const [first, second] = [open('a'), open('a')];
  expect([first.add(30), second.add(30), first.add(1)]).toEqual([true, true, false]);
});

test('where there is no room, who holds most loses its largest body, and who comes with little gets in', () => {
  const { open, cut } = memory();
  open('slow', 'small').add(10);
  open('slow', 'large').add(49);
  open('other').add(40);
  expect(open('shop').add(5)).toBe(true);
  expect(cut).toEqual([['large', 'crowded']]);
});

test('many slow bodies of one sender keep out neither itself nor others', () => {
  const { held, open, cut } = memory();
  for (let n = 0; n < 14; n += 1) open('slow').add(8);
  expect([open('slow', 'own').add(5), open('shop').add(1)]).toEqual([true, true]);
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.every(([name, why]) => name === 'slow' && why === 'crowded')).toBe(true);
  expect(held.bytes).toBeLessThanOrEqual(62);
});

test('bodies of many senders that hold alike are not cut for another that would hold more', () => {
  const { open, cut } = memory();
  for (let n = 0; n < 10; n += 1) open(`sender ${n}`).add(10);
  expect(open('greedy').add(50)).toBe(false);
  expect(cut).toEqual([]);
  expect(open('shop').add(2)).toBe(true);
  expect(cut).toHaveLength(1);
});

test('a body that has come whole is not cut any more: its events may be in the log', () => {
  const { open, cut } = memory();
  const whole = open('a');
  whole.add(60);
  whole.end();
  open('b').add(40);
  expect(open('c').add(70)).toBe(false);
  expect(cut).toEqual([]);
});

test('a body that comes too slowly is cut off once its grace is over', () => {
  let now = 0;
  const { held, open, cut } = memory(() => now);
  const [slow, fast] = [open('slow'), open('fast')];
  slow.add(40);
  fast.add(60);
  now = 5_000;
  held.cutSlow();
  expect(cut).toEqual([]);
  now = 5_001;
  held.cutSlow();
  expect(cut).toEqual([['slow', 'slow']]);
  expect(held.bytes).toBe(60);
  held.cutSlow();
  slow.release();
  expect([cut.length, held.bytes]).toEqual([1, 60]);
});
