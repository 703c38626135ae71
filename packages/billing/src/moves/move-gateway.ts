/** A subscription as a move sees it; amounts in the smallest unit. */
export type MovableSubscription = {
  id: string;
  customerId: string;
  /** The part of it that its plan is; what is metered stands beside it. */
  itemId: string;
  priceId: string;
  /** What it costs each interval; null: the provider does not say. */
  amount: number | null;
  currency: string;
  /** Somebody has cancelled it. */
  isEnding: boolean;
  /** A change waits for its payment. */
  isPending: boolean;
  /** What holds a change for later; it is there for some time after the change, too. */
  scheduleId: string | null;
  /** The price that it changes to; null: to none. */
  nextPriceId: string | null;
};

/** A subscription that goes on at another price. */
export type PriceMove = {
  subscription: Pick<MovableSubscription, 'id' | 'itemId' | 'customerId' | 'priceId'>;
  /** At the provider. */
  priceId: string;
  /** Nothing is asked for until then (epoch milliseconds); null: as it was. */
  trialEndsAt: number | null;
};

/** What moving subscribers needs of the payment provider. `key`: a repeat changes nothing. */
export type MoveGateway = {
  readSubscription(id: string): Promise<MovableSubscription>;
  /** Changes price and end of trial in one step. The period that was paid for stays as it is, and the next one costs the new price. */
  moveSubscription(move: PriceMove, key: string): Promise<void>;
  /** Changes the price when what was paid for is used up. */
  scheduleMove(move: PriceMove, key: string): Promise<void>;
  /** It goes on as it is, without a schedule. */
  releaseSchedule(id: string): Promise<void>;
  /** What the next invoice would be after a move, in the smallest unit. */
  previewMove(move: PriceMove): Promise<{ total: number; currency: string }>;
};
