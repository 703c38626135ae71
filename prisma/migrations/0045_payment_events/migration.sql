-- Events that Stripe has sent, once each: noted as they come, handled after. What they are about is read from Stripe again, so their order,
-- and what they say, matter to nobody.
CREATE TABLE "payment_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "customer_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', CURRENT_TIMESTAMP),
    "error" TEXT,

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "payment_event_handled_at_due_at_idx" ON "payment_event" ("handled_at", "due_at");
CREATE INDEX "payment_event_received_at_idx" ON "payment_event" ("received_at");
