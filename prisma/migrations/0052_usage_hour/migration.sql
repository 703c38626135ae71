-- What the ledger has counted for money: stored events of no bot, by the hour (UTC) of their receipt. The site and its local day stand beside
-- the hour, so that the sums can be held against the ledger's to the event, in zones of half an hour, too. A site that is deleted leaves its rows here.
CREATE TABLE "usage_hour" (
    "tenant_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "site_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "events" BIGINT NOT NULL,

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("tenant_id", "hour", "site_id", "day"),
    CONSTRAINT "usage_hour_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "usage_hour_hour_idx" ON "usage_hour" ("hour");
ALTER TABLE "usage_hour" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "usage_hour" USING ("tenant_id" = "current_tenant"());
