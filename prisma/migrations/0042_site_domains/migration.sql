-- Domains that are a site's own beside its first: within its tenant alone. Whose a domain is that several tenants name is decided by
-- first domains (domain_owner), so nobody takes anything from another tenant by naming one here.
CREATE TABLE "site_domain" (
    "site_id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "site_domain_pkey" PRIMARY KEY ("site_id", "domain"),
    CONSTRAINT "site_domain_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "site_domain_domain_idx" ON "site_domain" ("domain");
ALTER TABLE "site_domain" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "site_domain"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

-- Whoever knows the site, or a site by this domain, forgets it.
CREATE FUNCTION "site_domain_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', s.id, 'key', s.site_key, 'domain', COALESCE(NEW.domain, OLD.domain), 'tenant', s.tenant_id)::text)
    FROM public.site s WHERE s.id = COALESCE(NEW.site_id, OLD.site_id);
    RETURN NULL;
END $$;
CREATE TRIGGER "site_domain_changed" AFTER INSERT OR UPDATE OR DELETE ON "site_domain" FOR EACH ROW EXECUTE FUNCTION "site_domain_changed"();
