-- A tenant's own provider of OpenID Connect, and the domains whose addresses it vouches for.
CREATE TABLE "team_sign_on" (
    "tenant_id" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    -- Sealed with the installation's secret.
    "sealed_secret" BYTEA NOT NULL,
    -- What people who come for the first time are.
    "role" "Role" NOT NULL DEFAULT 'viewer',
    "is_limited" BOOLEAN NOT NULL DEFAULT false,
    "site_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    -- Members with an address of the domains see the tenant by it alone; owners by any way.
    "is_required" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "team_sign_on_pkey" PRIMARY KEY ("tenant_id"),
    CONSTRAINT "team_sign_on_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
ALTER TABLE "team_sign_on" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "team_sign_on" USING ("tenant_id" = "current_tenant"());

CREATE TABLE "sign_on_domain" (
    "tenant_id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    -- What its TXT record says; public.
    "token" TEXT NOT NULL,
    -- Since when the record has been found; null: it has not, or is gone. Whoever was first has the domain.
    "proven_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "sign_on_domain_pkey" PRIMARY KEY ("tenant_id", "domain"),
    CONSTRAINT "sign_on_domain_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "sign_on_domain_domain_idx" ON "sign_on_domain" ("domain");
CREATE INDEX "sign_on_domain_checked_at_idx" ON "sign_on_domain" ("checked_at");
ALTER TABLE "sign_on_domain" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "sign_on_domain" USING ("tenant_id" = "current_tenant"());

-- A session that a tenant's provider has begun sees that tenant alone.
ALTER TABLE "session" ADD COLUMN "only_tenant" TEXT;

-- The tenant that has a domain: of those that have proven it the one that did so first; no row where nobody has.
CREATE FUNCTION "tenant_of_sign_on_domain"("domain" text) RETURNS TABLE ("tenant_id" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT d.tenant_id FROM public.sign_on_domain d WHERE d.domain = $1 AND d.proven_at IS NOT NULL
    ORDER BY d.proven_at, d.tenant_id LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION "tenant_of_sign_on_domain"(text) FROM PUBLIC;

-- The tenants of a user that want them to come by their provider: its domain is that of the user's address, and they are no owner.
CREATE FUNCTION "tenants_requiring_sign_on"("user_id" text) RETURNS TABLE ("tenant_id" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.tenant_id
    FROM public.membership m
    JOIN public.team_sign_on s ON s.tenant_id = m.tenant_id AND s.is_required
    JOIN public."user" u ON u.id = m.user_id
    WHERE m.user_id = $1 AND m.role <> 'owner'
      AND m.tenant_id = (SELECT t.tenant_id FROM public.tenant_of_sign_on_domain(split_part(u.email, '@', 2)) t)
$$;
REVOKE EXECUTE ON FUNCTION "tenants_requiring_sign_on"(text) FROM PUBLIC;
