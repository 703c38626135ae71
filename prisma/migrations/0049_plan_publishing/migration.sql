-- A plan that is being published is made at Stripe step by step, and is kept as it is meanwhile: what was made there is of these prices.
ALTER TABLE "plan"
    ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
    DROP CONSTRAINT "plan_state",
    ADD CONSTRAINT "plan_state" CHECK ("state" IN ('manual', 'draft', 'publishing', 'published', 'archived'));

CREATE OR REPLACE FUNCTION "published_plan_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan_price' THEN
        IF EXISTS (SELECT FROM public.plan p WHERE p.name = OLD.plan AND p.state IN ('publishing', 'published', 'archived'))
            AND (TG_OP = 'DELETE' OR (NEW.plan, NEW.currency, NEW.interval, NEW.amount) IS DISTINCT FROM (OLD.plan, OLD.currency, OLD.interval, OLD.amount))
        THEN RAISE EXCEPTION 'the prices of the published plan % stay as they are', OLD.plan; END IF;
    ELSIF OLD.state IN ('publishing', 'published', 'archived') AND (
        TG_OP = 'DELETE' OR
        -- Until it is on sale it may become a draft again.
        NOT (NEW.state IN ('published', 'archived') OR OLD.state = 'publishing' AND NEW.state IN ('publishing', 'draft')) OR
        (NEW.name, NEW.family, NEW.version, NEW.events_included, NEW.site_limit, NEW.member_limit, NEW.retention_months, NEW.features,
         NEW.query_limit_per_hour, NEW.event_limit_per_month, NEW.event_limit_per_second)
        IS DISTINCT FROM
        (OLD.name, OLD.family, OLD.version, OLD.events_included, OLD.site_limit, OLD.member_limit, OLD.retention_months, OLD.features,
         OLD.query_limit_per_hour, OLD.event_limit_per_month, OLD.event_limit_per_second))
    THEN RAISE EXCEPTION 'the published plan % stays as it is: another version is made instead', OLD.name; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
