-- What a plan is used up by is what the ledger has counted; what collectors have taken and nobody has counted yet comes on top.
ALTER TABLE "usage_month" ADD COLUMN "counted" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_month" ADD COLUMN "seen" BIGINT NOT NULL DEFAULT 0;

-- Months that began before: by local days, as they were counted until now.
UPDATE "usage_month" SET "seen" = "events";
INSERT INTO "usage_month" ("tenant_id", "month", "events", "counted", "seen")
SELECT s."tenant_id", left(l."day", 7), 0,
    greatest(0, sum(CASE WHEN l."outcome" = 'stored' THEN l."count" WHEN l."outcome" = 'bot' THEN -l."count" ELSE 0 END)), 0
FROM "ledger_day" l JOIN "site" s ON s."id" = l."site_id"
GROUP BY 1, 2
ON CONFLICT ("tenant_id", "month") DO UPDATE SET "counted" = excluded."counted";
