-- What a site does not want to be counted; see packages/core/src/intake-rules.ts.
ALTER TABLE "site" ADD COLUMN "blocked_ips" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "blocked_countries" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "blocked_pages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "excluded_hostnames" TEXT[] DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "plan" ADD COLUMN "event_limit_per_month" BIGINT,
    ADD COLUMN "event_limit_per_second" INTEGER,
    ADD CONSTRAINT "plan_limits_positive" CHECK ("event_limit_per_month" >= 0 AND "event_limit_per_second" > 0);

-- Events that collectors have taken for tenants whose plan has a limit, by month of receipt in UTC.
CREATE TABLE "usage_month" (
    "tenant_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    CONSTRAINT "usage_month_pkey" PRIMARY KEY ("tenant_id", "month"),
    CONSTRAINT "usage_month_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
