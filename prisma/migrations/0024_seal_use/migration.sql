-- What sealing a site's past again has cost on a day, which all aggregators share and none begins anew when it is started again.
CREATE TABLE "seal_use" (
    "site_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "work_ms" BIGINT NOT NULL,
    "due_at" BIGINT NOT NULL,
    "months" JSONB NOT NULL,

    CONSTRAINT "seal_use_pkey" PRIMARY KEY ("site_id")
);
CREATE INDEX "seal_use_day_idx" ON "seal_use"("day");

ALTER TABLE "seal_use" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "seal_use"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));
