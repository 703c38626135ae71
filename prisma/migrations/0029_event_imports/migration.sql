-- Events that were brought in together: known by the API keys that sent them, one a run of the command, so that they can be found again.
CREATE TABLE "event_import" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "formats" TEXT[],
    "senders" TEXT[],
    "events" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_import_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "event_import_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "event_import_site_id_idx" ON "event_import" ("site_id");

ALTER TABLE "event_import" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "event_import"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));
