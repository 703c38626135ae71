-- What the payment provider is told of what was used. An hour that the ledger has changed is noted again.
ALTER TABLE "usage_hour" ADD COLUMN "is_noted" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "usage_hour_tenant_id_is_noted_hour_idx" ON "usage_hour" ("tenant_id", "is_noted", "hour");

-- A tenant's hour as it is to be told, or was: whole, under a revision of its own. What a revision says never changes.
CREATE TABLE "meter_hour" (
    "tenant_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,
    "events" BIGINT NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "error" TEXT,

    CONSTRAINT "meter_hour_pkey" PRIMARY KEY ("tenant_id", "hour"),
    CONSTRAINT "meter_hour_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "meter_hour_sent_at_due_at_idx" ON "meter_hour" ("sent_at", "due_at");
ALTER TABLE "meter_hour" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "meter_hour" USING ("tenant_id" = "current_tenant"());

-- Whether the ledger, the hours and the provider's sums agreed, each night.
CREATE TABLE "usage_check" (
    "id" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "site_days" INTEGER NOT NULL,
    "tenant_hours" INTEGER NOT NULL,
    "unread" INTEGER NOT NULL,
    "differences" INTEGER NOT NULL,
    "examples" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "usage_check_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "usage_check_checked_at_idx" ON "usage_check" ("checked_at");
