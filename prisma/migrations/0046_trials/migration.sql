-- Trials without a card: of plans that are marked for it, once a tenant, once an owner's address, once a shop's domain. Those are rows of
-- `trial_claim` with a key each, so that two who press at once get one. Rows outlive tenants; only hashes stand in them.
ALTER TABLE "plan" ADD COLUMN "is_trial" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "trial_claim" (
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "claimed_by" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trial_claim_pkey" PRIMARY KEY ("kind", "hash"),
    CONSTRAINT "trial_claim_kind" CHECK ("kind" IN ('tenant', 'address', 'domain'))
);

-- Notes what a trial is of; fails as unique_violation where another tenant's trial was of it.
CREATE FUNCTION "claim_trial"("kind" text, "said" text, "tenant" text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE hashed text := encode(sha256(convert_to(lower($2), 'UTF8')), 'hex');
BEGIN
    INSERT INTO public.trial_claim (kind, hash, claimed_by) VALUES ($1, hashed, $3) ON CONFLICT DO NOTHING;
    IF NOT FOUND AND NOT EXISTS (SELECT FROM public.trial_claim c WHERE c.kind = $1 AND c.hash = hashed AND c.claimed_by = $3 AND $1 = 'domain')
    THEN RAISE unique_violation USING MESSAGE = 'a trial was of this before'; END IF;
END $$;
REVOKE EXECUTE ON FUNCTION "claim_trial"(text, text, text) FROM PUBLIC;

-- The best plan that is marked for trials; no row: none is.
CREATE FUNCTION "trial_plan"() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.name FROM public.plan p WHERE p.state = 'published' AND p.is_public AND p.is_trial
        AND NOT EXISTS (SELECT FROM public.plan n WHERE n.family = p.family AND n.state = 'published' AND n.version > p.version)
    ORDER BY coalesce((SELECT max(x.amount) FROM public.plan_price x WHERE x.plan = p.name AND x.interval = 'month'), 0) DESC, p.name LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION "trial_plan"() FROM PUBLIC;

-- Begins the trial of the transaction's tenant, for some days: `begun`, `used` where it, an owner's address or a shop had one before,
-- `none` where no plan is to be tried. `addresses`: of its owners, in the one way that each is written (packages/core/src/billing/trial.ts).
CREATE FUNCTION "begin_trial"("addresses" text[], "days" integer) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant text := public.current_tenant();
    tried text := public.trial_plan();
BEGIN
    IF tried IS NULL THEN RETURN 'none'; END IF;
    IF EXISTS (SELECT FROM public.billing_account b WHERE b.tenant_id = tenant AND (b.trial_ends_at IS NOT NULL OR b.customer_id IS NOT NULL))
    THEN RETURN 'used'; END IF;
    PERFORM public.claim_trial('tenant', tenant, tenant);
    PERFORM public.claim_trial('address', a, tenant) FROM (SELECT DISTINCT unnest($1) AS a ORDER BY 1) given;
    PERFORM public.claim_trial('domain', regexp_replace(s.domain, '^www\.', ''), tenant)
        FROM (SELECT domain FROM public.site WHERE tenant_id = tenant ORDER BY 1) s;
    INSERT INTO public.billing_account AS b (tenant_id, trial_plan, trial_ends_at) VALUES (tenant, tried, CURRENT_TIMESTAMP + $2 * interval '1 day')
    ON CONFLICT (tenant_id) DO UPDATE SET trial_plan = excluded.trial_plan, trial_ends_at = excluded.trial_ends_at;
    RETURN 'begun';
-- Of several claims none stays.
EXCEPTION WHEN unique_violation THEN RETURN 'used';
END $$;
REVOKE EXECUTE ON FUNCTION "begin_trial"(text[], integer) FROM PUBLIC;

-- Puts the transaction's tenant, which is new, on the public plan that costs nothing; else on the one that is tried, with its trial. Where
-- there is neither it stays as it is: nobody is locked since no plan was made yet.
CREATE FUNCTION "begin_base_plan"("addresses" text[], "days" integer) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    base text;
    began text := 'none';
BEGIN
    SELECT p.name INTO base FROM public.plan p WHERE p.state = 'published' AND p.is_public
        AND NOT EXISTS (SELECT FROM public.plan n WHERE n.family = p.family AND n.state = 'published' AND n.version > p.version)
        AND NOT EXISTS (SELECT FROM public.plan_price x WHERE x.plan = p.name AND x.amount > 0)
    ORDER BY p.name LIMIT 1;
    IF base IS NULL THEN
        began := public.begin_trial($1, $2);
        base := public.trial_plan();
    END IF;
    UPDATE public.tenant SET plan = base WHERE id = public.current_tenant() AND base IS NOT NULL;
    RETURN began;
END $$;
REVOKE EXECUTE ON FUNCTION "begin_base_plan"(text[], integer) FROM PUBLIC;

-- A shop that is added in a trial is tried by it: where another tenant has tried it the trial is over.
CREATE FUNCTION "site_tried"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.billing_account b WHERE b.tenant_id = NEW.tenant_id AND b.trial_ends_at > CURRENT_TIMESTAMP) THEN
        BEGIN
            PERFORM public.claim_trial('domain', regexp_replace(NEW.domain, '^www\.', ''), NEW.tenant_id);
        EXCEPTION WHEN unique_violation THEN
            UPDATE public.billing_account SET trial_ends_at = CURRENT_TIMESTAMP WHERE tenant_id = NEW.tenant_id;
        END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "site_tried" AFTER INSERT OR UPDATE OF "domain" ON "site" FOR EACH ROW EXECUTE FUNCTION "site_tried"();
REVOKE EXECUTE ON FUNCTION "site_tried"() FROM PUBLIC;
