import { addDays } from '../zone.ts';

/** By how much days are moved: so many days later, or the same calendar day so many years later. */
export type DayMove = { unit: 'day' | 'year'; count: number };

/** A day moved. 29 February has no day in a year without one, and must not be moved by years. */
export function moveDay(day: string, { unit, count }: DayMove): string {
  if (unit === 'day') return addDays(day, count);
  return String(Number(day.slice(0, 4)) + count).padStart(4, '0') + day.slice(4);
}
