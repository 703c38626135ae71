-- Funnels and segments that a merchant has named, of one site each, as goals are.
CREATE TABLE "funnel" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- Steps as the API takes them; a goal is named by its id, so that it can get another name.
    "steps" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "funnel_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "funnel_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "funnel_site_id_name_key" ON "funnel" ("site_id", "name");
ALTER TABLE "funnel" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "funnel"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

CREATE TABLE "segment" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- Filters as the API takes them.
    "filters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "segment_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "segment_site_id_name_key" ON "segment" ("site_id", "name");
ALTER TABLE "segment" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "segment"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));
