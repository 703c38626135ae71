CREATE TABLE "goal" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "event" TEXT,
    "page" TEXT,
    "props" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "goal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "goal_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "goal_event_or_page" CHECK (num_nonnulls("event", "page") = 1)
);
CREATE UNIQUE INDEX "goal_site_id_name_key" ON "goal" ("site_id", "name");

-- Units of a currency that one euro buys. No scale: a rate is answered as it was written.
CREATE TABLE "exchange_rate" (
    "day" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "per_eur" NUMERIC NOT NULL,
    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("day", "currency"),
    CONSTRAINT "exchange_rate_positive" CHECK ("per_eur" > 0)
);

-- tenant.plan names one of these; it is no foreign key, so that a plan may be withdrawn while tenants have it. They fall back to the
-- limit of an unknown plan.
CREATE TABLE "plan" (
    "name" TEXT NOT NULL,
    "query_limit_per_hour" INTEGER,
    CONSTRAINT "plan_pkey" PRIMARY KEY ("name")
);
INSERT INTO "plan" ("name", "query_limit_per_hour") VALUES ('self-hosted', NULL);

-- The generation that is being made for another time zone; see packages/db/src/generation.ts.
ALTER TABLE "site" ADD COLUMN "next_generation" INTEGER, ADD COLUMN "next_timezone" TEXT,
    ADD CONSTRAINT "site_next_generation" CHECK ("next_timezone" IS NULL OR "next_generation" > "generation");
-- The few sites that have one are looked for again and again.
CREATE INDEX "site_next_timezone_idx" ON "site" ("next_timezone");

CREATE FUNCTION "goal_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('goal_changed', json_build_object('site', COALESCE(NEW.site_id, OLD.site_id))::text);
    RETURN NULL;
END $$;
CREATE TRIGGER "goal_changed" AFTER INSERT OR UPDATE OR DELETE ON "goal" FOR EACH ROW EXECUTE FUNCTION "goal_changed"();
