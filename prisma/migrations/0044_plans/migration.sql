-- Plans that are sold are versions, which are never edited in place: a plan (`family`) is sold in its newest published version, and whoever
-- bought an older one keeps it. Plans of before, and those that `admin set-plan` makes, are `manual`: an operator changes them as they like.
ALTER TABLE "plan"
    ADD COLUMN "family" TEXT,
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "state" TEXT NOT NULL DEFAULT 'manual',
    ADD COLUMN "title" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "events_included" BIGINT,
    ADD COLUMN "site_limit" INTEGER,
    ADD COLUMN "member_limit" INTEGER,
    ADD COLUMN "retention_months" INTEGER,
    ADD COLUMN "features" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "product_id" TEXT,
    ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "published_at" TIMESTAMPTZ(3),
    ADD COLUMN "archived_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "plan_state" CHECK ("state" IN ('manual', 'draft', 'published', 'archived')),
    ADD CONSTRAINT "plan_of_family" CHECK (("state" = 'manual') = ("family" IS NULL));
CREATE UNIQUE INDEX "plan_family_version_key" ON "plan" ("family", "version");
-- Whoever runs an installation for themselves has everything.
UPDATE "plan" SET "title" = 'Self-hosted',
    "features" = ARRAY['dashboards', 'embeds', 'kibana', 'sso', 'webhooks', 'sites_api'] WHERE "name" = 'self-hosted';

CREATE TABLE "plan_price" (
    "id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "interval" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "stripe_id" TEXT,

    CONSTRAINT "plan_price_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "plan_price_plan_fkey" FOREIGN KEY ("plan") REFERENCES "plan" ("name") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "plan_price_interval" CHECK ("interval" IN ('month', 'year')),
    CONSTRAINT "plan_price_amount" CHECK ("amount" >= 0)
);
CREATE UNIQUE INDEX "plan_price_plan_currency_interval_key" ON "plan_price" ("plan", "currency", "interval");
CREATE UNIQUE INDEX "plan_price_stripe_id_key" ON "plan_price" ("stripe_id");

-- What was published is what somebody bought: what it gives and costs stays as it was.
CREATE FUNCTION "published_plan_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan_price' THEN
        IF EXISTS (SELECT FROM public.plan p WHERE p.name = OLD.plan AND p.state IN ('published', 'archived'))
            AND (TG_OP = 'DELETE' OR (NEW.plan, NEW.currency, NEW.interval, NEW.amount) IS DISTINCT FROM (OLD.plan, OLD.currency, OLD.interval, OLD.amount))
        THEN RAISE EXCEPTION 'the prices of the published plan % stay as they are', OLD.plan; END IF;
    ELSIF OLD.state IN ('published', 'archived') AND (
        TG_OP = 'DELETE' OR NEW.state NOT IN ('published', 'archived') OR
        (NEW.name, NEW.family, NEW.version, NEW.events_included, NEW.site_limit, NEW.member_limit, NEW.retention_months, NEW.features,
         NEW.query_limit_per_hour, NEW.event_limit_per_month, NEW.event_limit_per_second)
        IS DISTINCT FROM
        (OLD.name, OLD.family, OLD.version, OLD.events_included, OLD.site_limit, OLD.member_limit, OLD.retention_months, OLD.features,
         OLD.query_limit_per_hour, OLD.event_limit_per_month, OLD.event_limit_per_second))
    THEN RAISE EXCEPTION 'the published plan % stays as it is: another version is made instead', OLD.name; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "published_plan_stays" BEFORE UPDATE OR DELETE ON "plan" FOR EACH ROW EXECUTE FUNCTION "published_plan_stays"();
CREATE TRIGGER "published_price_stays" BEFORE UPDATE OR DELETE ON "plan_price" FOR EACH ROW EXECUTE FUNCTION "published_plan_stays"();

-- What is known of a tenant as a customer. No row: it was never asked to pay.
CREATE TABLE "billing_account" (
    "tenant_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "trial_plan" TEXT,
    "trial_ends_at" TIMESTAMPTZ(3),
    "over_plan_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "synced_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_account_pkey" PRIMARY KEY ("tenant_id"),
    CONSTRAINT "billing_account_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "billing_account_trial_plan_fkey" FOREIGN KEY ("trial_plan") REFERENCES "plan" ("name") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "billing_account_customer_id_key" ON "billing_account" ("customer_id");

-- The subscription in force of a tenant, as Stripe had it last.
CREATE TABLE "subscription" (
    "tenant_id" TEXT NOT NULL,
    "stripe_id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "price_id" TEXT,
    "status" TEXT NOT NULL,
    "anchor" TIMESTAMPTZ(3) NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("tenant_id"),
    CONSTRAINT "subscription_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "billing_account" ("tenant_id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "subscription_plan_fkey" FOREIGN KEY ("plan") REFERENCES "plan" ("name") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "subscription_stripe_id_key" ON "subscription" ("stripe_id");

-- What staff has given one tenant beyond its plan, or taken.
CREATE TABLE "plan_override" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "limits" JSONB NOT NULL DEFAULT '{}',
    "features" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_override_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "plan_override_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "plan_override_tenant_id_created_at_idx" ON "plan_override" ("tenant_id", "created_at");

ALTER TABLE "billing_account" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "billing_account" USING ("tenant_id" = "current_tenant"());
ALTER TABLE "subscription" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "subscription" USING ("tenant_id" = "current_tenant"());
ALTER TABLE "plan_override" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "plan_override" USING ("tenant_id" = "current_tenant"());
