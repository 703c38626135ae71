-- What is to be taken out of a site again: asked for by a merchant or an operator, looked through, confirmed, and carried out by a
-- service that may delete events.
CREATE TABLE "event_removal" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "received_from" TIMESTAMPTZ(3) NOT NULL,
    "received_to" TIMESTAMPTZ(3) NOT NULL,
    "sender" TEXT,
    "state" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "worked_at" TIMESTAMPTZ(3),
    "next_from" BIGINT,
    "first_at" BIGINT,
    "last_at" BIGINT,
    "found" JSONB,
    "removed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "event_removal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "event_removal_state" CHECK ("state" IN ('counting', 'counted', 'removing', 'removed', 'cancelled')),
    CONSTRAINT "event_removal_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "event_removal_site_id_requested_at_idx" ON "event_removal" ("site_id", "requested_at");
CREATE INDEX "event_removal_state_worked_at_idx" ON "event_removal" ("state", "worked_at");

ALTER TABLE "event_removal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "event_removal"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

-- The events that are being deleted at this moment: written before the first is deleted, gone in the transaction that counts them. Whoever
-- is killed in between leaves them here, and the next one ends what was begun. One a site, so that two removals never count one event twice.
CREATE TABLE "removal_portion" (
    "site_id" TEXT NOT NULL,
    "removal_id" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "days" JSONB NOT NULL,

    CONSTRAINT "removal_portion_pkey" PRIMARY KEY ("site_id"),
    CONSTRAINT "removal_portion_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "removal_portion_removal_id_fkey" FOREIGN KEY ("removal_id") REFERENCES "event_removal" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE "removal_portion" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "removal_portion"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

-- What reports of a day do not show apart, or not yet, because it was beyond a bound; see packages/db/src/count/report-limit.ts.
CREATE TABLE "report_limit" (
    "site_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_limit_pkey" PRIMARY KEY ("site_id", "day", "kind", "dimension"),
    CONSTRAINT "report_limit_kind" CHECK ("kind" IN ('values', 'visitor_days', 'sealing')),
    CONSTRAINT "report_limit_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE "report_limit" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "report_limit"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));
