-- Visitor-days with many events are folded less often than they change: what waits stands here, and bounds data_through of its site.
CREATE TABLE "deferred_fold" (
    "site_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "visitor" TEXT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "again_at" BIGINT,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "deferred_fold_pkey" PRIMARY KEY ("site_id", "generation", "day", "visitor")
);
CREATE INDEX "deferred_fold_received_at_idx" ON "deferred_fold"("received_at");

ALTER TABLE "deferred_fold" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "deferred_fold"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));
