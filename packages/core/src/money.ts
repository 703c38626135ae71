/** Digits before and behind the point that an amount may have; far above any order, far below what storage holds. */
const AMOUNT = /^\d{1,15}(\.\d{1,6})?$/;

/**
 * A decimal amount as text, from text or from a number that JSON carried; undefined when it is not a plain,
 * non-negative decimal. Never passes through floating-point arithmetic.
 */
export function parseAmount(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && AMOUNT.test(text) ? text : undefined;
}

let currencies: Set<string> | undefined;

/** Whether a text is an ISO 4217 code the runtime knows (upper case). */
export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(code);
}
