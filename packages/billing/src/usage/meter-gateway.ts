/** What a customer has used in one hour, as a whole; `hour` and `at` are epoch milliseconds. */
export type MeteredHour = {
  /** Of this hour in this revision: the same one says the same, always. */
  identifier: string;
  customerId: string;
  hour: number;
  /** Within the hour; of a later revision it is later. */
  at: number;
  events: number;
};

/**
 * The payment provider's meter, which keeps the newest of what it is told about a customer's hour: so telling an hour again never adds.
 * Calls about one customer are made one after the other. All throw Failure `provider_unavailable`, `provider_refused`.
 */
export type MeterGateway = {
  /** The id of the meter; it is made at the first time, and found again. */
  ensureMeter(): Promise<string>;
  /** Tells an hour; one that was told before under its identifier counts as told. */
  report(hour: MeteredHour): Promise<void>;
  /** What the provider has of a customer's hours from `from` until before `to` (whole hours, epoch milliseconds); hours without any are left out. */
  listHours(customerId: string, from: number, to: number): Promise<ReadonlyMap<number, number>>;
};

/** How far back the provider takes an hour, milliseconds. */
export const MOST_BACK_MS = 35 * 24 * 3_600_000;
