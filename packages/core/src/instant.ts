const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;
/** What a date of the language can be. */
const MAX = 8.64e15;

/** Whether a text begins with a day that there is: the language takes the 30th of February for a day in March. */
function isDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return (
    day <= 28 || day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  );
}

/** Epoch milliseconds of a number, or of ISO 8601 text with or without a zone (without: UTC); undefined of anything else. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) < MAX ? Math.round(value) : undefined;
  if (typeof value !== 'string' || !ISO.test(value)) return undefined;
  if (!isDay(value)) return undefined;
  // A day alone is one of UTC already.
  const isZoned = value.length <= 10 || ZONE.test(value.slice(10));
  const at = Date.parse(`${value}${isZoned ? '' : 'Z'}`.replace(' ', 'T'));
  return Number.isNaN(at) ? undefined : at;
}
