-- The second lock of what tenants own: whoever forgets the first (a query without a tenant, outside of packages/db/src/tenant/scope.ts)
-- reads nothing. It holds for every role but the tables' owner; roles that serve all tenants have a policy of their own, `every_tenant`,
-- which packages/db/src/grants.ts names. Why: docs/decisions/0025.

-- The tenant that the transaction has named; null when it has named none.
CREATE FUNCTION "current_tenant"() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('footfall.tenant', true), '') $$;

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "tenant" USING ("id" = "current_tenant"());

ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "membership" USING ("tenant_id" = "current_tenant"());

ALTER TABLE "site" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "site" USING ("tenant_id" = "current_tenant"());

ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "api_key" USING ("tenant_id" = "current_tenant"());

ALTER TABLE "usage_month" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "usage_month" USING ("tenant_id" = "current_tenant"());

ALTER TABLE "audit_entry" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "audit_entry" USING ("tenant_id" = "current_tenant"());

-- What belongs to a site belongs to its tenant.
ALTER TABLE "goal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "goal"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

ALTER TABLE "retired_generation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "retired_generation"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

ALTER TABLE "ledger_day" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "ledger_day"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

ALTER TABLE "spool_backlog" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "spool_backlog"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

ALTER TABLE "import" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "import"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

ALTER TABLE "imported_total" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "imported_total"
    USING ("import_id" IN (SELECT i."id" FROM "import" i JOIN "site" s ON s."id" = i."site_id" WHERE s."tenant_id" = "current_tenant"()));

-- What has to be found before a tenant is known. These run with the rights of the tables' owner and answer no more than they say.

-- The tenants of somebody who is signing in or signed in.
CREATE FUNCTION "memberships_of_user"("user_id" text)
RETURNS TABLE ("tenant_id" text, "role" text, "tenant_name" text, "joined_at" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.tenant_id, m.role::text, t.name, m.created_at
    FROM public.membership m JOIN public.tenant t ON t.id = m.tenant_id WHERE m.user_id = $1
$$;
REVOKE EXECUTE ON FUNCTION "memberships_of_user"(text) FROM PUBLIC;

-- Whose key a request presents, by its SHA-256; no row when it was revoked.
CREATE FUNCTION "api_key_of_hash"("hash" bytea)
RETURNS TABLE ("id" text, "tenant_id" text, "scopes" text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT k.id, k.tenant_id, k.scopes FROM public.api_key k WHERE k.hash = $1 AND k.revoked_at IS NULL $$;
REVOKE EXECUTE ON FUNCTION "api_key_of_hash"(bytea) FROM PUBLIC;

-- Whether any tenant has such a site, by id or key, or by domain: tells "not yours" from "not there", and nothing else.
CREATE FUNCTION "is_site"("reference" text, "domain" text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.site s WHERE s.id = $1 OR s.site_key = $1 OR s.domain = $2) $$;
REVOKE EXECUTE ON FUNCTION "is_site"(text, text) FROM PUBLIC;
