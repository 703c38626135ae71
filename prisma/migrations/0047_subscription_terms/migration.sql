-- What pages say of a subscription, as Stripe had it last: what it costs, the period that was paid for, what it changes to and when, and an
-- upgrade that waits for its payment. Rows of before have it after the next sync, an hour at most.
ALTER TABLE "subscription"
    ADD COLUMN "interval" TEXT,
    ADD COLUMN "amount" BIGINT,
    ADD COLUMN "currency" CHAR(3),
    ADD COLUMN "period_start" TIMESTAMPTZ(3),
    ADD COLUMN "period_end" TIMESTAMPTZ(3),
    ADD COLUMN "next_price_id" TEXT,
    ADD COLUMN "next_at" TIMESTAMPTZ(3),
    ADD COLUMN "pending_until" TIMESTAMPTZ(3);

-- Why somebody has cancelled.
ALTER TABLE "billing_account"
    ADD COLUMN "cancelled_at" TIMESTAMPTZ(3),
    ADD COLUMN "cancel_reason" TEXT,
    ADD COLUMN "cancel_text" TEXT;
