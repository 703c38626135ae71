-- Who has proven that a domain is theirs. A domain that several tenants have named belongs to one of them alone, see domain_owner.
CREATE TABLE "domain_proof" (
    "site_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failing_since" TIMESTAMPTZ(3),
    CONSTRAINT "domain_proof_pkey" PRIMARY KEY ("site_id", "kind"),
    CONSTRAINT "domain_proof_kind" CHECK ("kind" IN ('dns', 'snippet', 'events')),
    CONSTRAINT "domain_proof_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "domain_proof_checked_at_idx" ON "domain_proof" ("checked_at");

ALTER TABLE "domain_proof" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "domain_proof"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

-- Sites that have received events before this was noted: proven since the day after the first, so that nobody who comes from now on
-- changes anything for them.
INSERT INTO "domain_proof" ("site_id", "kind", "proven_at")
SELECT l."site_id", 'events', min(l."day")::date + 1
FROM "ledger_day" l JOIN "site" s ON s."id" = l."site_id"
WHERE l."outcome" = 'stored' AND l."count" > 0
GROUP BY l."site_id" HAVING min(l."day")::date < current_date;

-- The one place that decides whose a domain is: the only site that names it; of several the one with the best proof, a record of its DNS
-- before the snippet on its page before events of its pages, the earlier first. Events count only where they came before anybody else did.
-- Null when nobody has it, or nobody has proven it.
CREATE FUNCTION "domain_owner"("domain" text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    WITH claim AS MATERIALIZED (SELECT s.id, s.created_at FROM public.site s WHERE s.domain = $1),
    proof AS MATERIALIZED (
        SELECT c.id, p.kind, p.proven_at FROM claim c JOIN public.domain_proof p ON p.site_id = c.id WHERE p.proven_at IS NOT NULL
    ),
    -- Nobody but the earliest can have been before all others.
    first_events AS (SELECT id, proven_at FROM proof WHERE kind = 'events' ORDER BY proven_at, id LIMIT 1),
    valid AS (
        SELECT id, CASE kind WHEN 'dns' THEN 1 ELSE 2 END AS rank, proven_at FROM proof WHERE kind <> 'events'
        UNION ALL
        SELECT e.id, 3, e.proven_at FROM first_events e
        WHERE e.proven_at < (SELECT min(c.created_at) FROM claim c WHERE c.id <> e.id)
    )
    SELECT CASE (SELECT count(*) FROM claim)
        WHEN 1 THEN (SELECT id FROM claim)
        ELSE (SELECT id FROM valid ORDER BY rank, proven_at, id LIMIT 1)
    END
$$;

-- How a site of the tenant stands to its domain: `sole` (nobody else names it), `owner` and `other` (several do, and this or another one
-- has proven it), `open` (nobody has). Says nothing else of the others; no row for another tenant's site.
CREATE FUNCTION "domain_standing"("site_id" text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.site o WHERE o.domain = s.domain AND o.id <> s.id) THEN 'sole'
        WHEN d.owner IS NULL THEN 'open'
        WHEN d.owner = s.id THEN 'owner'
        ELSE 'other'
    END
    FROM public.site s, LATERAL (SELECT public.domain_owner(s.domain) AS owner) d
    WHERE s.id = $1 AND s.tenant_id = public.current_tenant()
$$;
REVOKE EXECUTE ON FUNCTION "domain_standing"(text) FROM PUBLIC;

-- A change of a site tells its domain and its tenant too, so that whoever listens forgets no more than that.
CREATE OR REPLACE FUNCTION "site_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', COALESCE(NEW.id, OLD.id), 'key', COALESCE(NEW.site_key, OLD.site_key),
        'domain', COALESCE(NEW.domain, OLD.domain), 'tenant', COALESCE(NEW.tenant_id, OLD.tenant_id))::text);
    RETURN NULL;
END $$;

CREATE FUNCTION "domain_proof_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', s.id, 'key', s.site_key, 'domain', s.domain, 'tenant', s.tenant_id)::text)
    FROM public.site s WHERE s.id = COALESCE(NEW.site_id, OLD.site_id);
    RETURN NULL;
END $$;
CREATE TRIGGER "domain_proof_added" AFTER INSERT OR DELETE ON "domain_proof" FOR EACH ROW EXECUTE FUNCTION "domain_proof_changed"();
CREATE TRIGGER "domain_proof_changed" AFTER UPDATE ON "domain_proof" FOR EACH ROW
    WHEN (OLD."proven_at" IS DISTINCT FROM NEW."proven_at") EXECUTE FUNCTION "domain_proof_changed"();
