import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';

const attempts = (count: number) => {
  const counted = new Attempts({ most: 3, windowMs: 60_000 });
  for (let index = 0; index < count; index += 1) counted.count('a@shop.example', 1_000);
  return counted;
};

describe('attempts to sign in', () => {
  it('are free up to the limit', () => expect(attempts(2).waitSeconds('a@shop.example', 1_000)).toBe(0));

  it('have to wait for the rest of the window after it', () => {
    expect(attempts(3).waitSeconds('a@shop.example', 31_000)).toBe(30);
    expect(attempts(3).waitSeconds('b@shop.example', 31_000)).toBe(0);
  });

  it('start anew when the window is over', () => {
    const counted = attempts(3);
    expect(counted.waitSeconds('a@shop.example', 61_000)).toBe(0);
    counted.count('a@shop.example', 61_000);
    expect(counted.waitSeconds('a@shop.example', 61_000)).toBe(0);
  });

  it('are forgotten after a success', () => {
    const counted = attempts(3);
    counted.forget('a@shop.example');
    expect(counted.waitSeconds('a@shop.example', 2_000)).toBe(0);
  });
});
