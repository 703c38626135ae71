import type { ProviderSubscription } from '../gateway.ts';

/** A subscription that goes on at another price. */
export type PriceMove = {
  subscription: Pick<ProviderSubscription, 'id' | 'itemId' | 'customerId' | 'priceId'>;
  /** At the provider. */
  priceId: string;
  /** Nothing is asked for until then (epoch milliseconds); null: as it was. */
  trialEndsAt: number | null;
};

/** What moving subscribers needs of the payment provider beside what changes of plan do. `key`: a repeat changes nothing. */
export type MoveGateway = {
  /** Changes price and end of trial in one step. The period that was paid for stays as it is, and the next one costs the new price. */
  moveSubscription(move: PriceMove, key: string): Promise<void>;
  /** What the next invoice would be after a move, in the smallest unit. */
  previewMove(move: PriceMove): Promise<{ total: number; currency: string }>;
};
