-- The life of a site: switched off, deleted with a week to think better of it, emptied, its key changed.

-- A deleted site keeps its row for a week, hidden from its tenant and from collectors. Its domain is free at once: the row's own is a mark
-- that nobody can name, and the true one is in site_deletion.
ALTER TABLE "site" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "site_deleted_at_idx" ON "site" ("deleted_at");

-- Only whoever undoes a deletion sees what was deleted; what belongs to a site is hidden with it, since its policies ask this table.
DROP POLICY "own_tenant" ON "site";
CREATE POLICY "own_tenant" ON "site"
    USING ("tenant_id" = "current_tenant"() AND ("deleted_at" IS NULL OR current_setting('footfall.deleted_sites', true) = 'shown'))
    WITH CHECK ("tenant_id" = "current_tenant"());

-- What a tenant is told of its deleted sites: until when it can be undone, and when the last of it was gone.
CREATE TABLE "site_deletion" (
    "site_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- User id, `api:<key id>` or `cli`.
    "deleted_by" TEXT NOT NULL,
    "emptied_at" TIMESTAMPTZ(3),
    -- Stored events that went with it.
    "events" BIGINT,
    CONSTRAINT "site_deletion_pkey" PRIMARY KEY ("site_id"),
    CONSTRAINT "site_deletion_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "site_deletion_tenant_id_deleted_at_idx" ON "site_deletion" ("tenant_id", "deleted_at");
ALTER TABLE "site_deletion" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "site_deletion" USING ("tenant_id" = "current_tenant"());

-- A removal of all that a site has: its data is reset.
ALTER TABLE "event_removal" ADD COLUMN "is_reset" BOOLEAN NOT NULL DEFAULT false;

-- Keys that a site had before; events that come with one are taken until it ends.
CREATE TABLE "former_site_key" (
    "site_key" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    -- Events that have come with it since it was replaced.
    "events" BIGINT NOT NULL DEFAULT 0,
    "last_event_at" TIMESTAMPTZ(3),
    CONSTRAINT "former_site_key_pkey" PRIMARY KEY ("site_key"),
    CONSTRAINT "former_site_key_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "former_site_key_site_id_idx" ON "former_site_key" ("site_id");
ALTER TABLE "former_site_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "former_site_key"
    USING ("site_id" IN (SELECT s."id" FROM "site" s WHERE s."tenant_id" = "current_tenant"()));

-- A change tells what a site was called before, too: whoever listens forgets both.
CREATE OR REPLACE FUNCTION "site_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', COALESCE(NEW.id, OLD.id), 'key', COALESCE(NEW.site_key, OLD.site_key),
        'domain', COALESCE(NEW.domain, OLD.domain), 'tenant', COALESCE(NEW.tenant_id, OLD.tenant_id))::text);
    IF TG_OP = 'UPDATE' AND (OLD.site_key, OLD.domain, OLD.tenant_id) IS DISTINCT FROM (NEW.site_key, NEW.domain, NEW.tenant_id) THEN
        PERFORM pg_notify('site_changed', json_build_object(
            'id', OLD.id, 'key', OLD.site_key, 'domain', OLD.domain, 'tenant', OLD.tenant_id)::text);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION "former_site_key_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', s.id, 'key', COALESCE(NEW.site_key, OLD.site_key), 'domain', s.domain, 'tenant', s.tenant_id)::text)
    FROM public.site s WHERE s.id = COALESCE(NEW.site_id, OLD.site_id);
    RETURN NULL;
END $$;
CREATE TRIGGER "former_site_key_added" AFTER INSERT OR DELETE ON "former_site_key" FOR EACH ROW EXECUTE FUNCTION "former_site_key_changed"();
-- What is counted of it changes nothing that anybody knows.
CREATE TRIGGER "former_site_key_changed" AFTER UPDATE ON "former_site_key" FOR EACH ROW
    WHEN (OLD."ends_at" IS DISTINCT FROM NEW."ends_at") EXECUTE FUNCTION "former_site_key_changed"();

-- Nobody is told of a site that is deleted; its former keys name it as its own.
CREATE OR REPLACE FUNCTION "is_site"("reference" text, "domain" text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM public.site s WHERE s.deleted_at IS NULL AND (s.id = $1 OR s.site_key = $1 OR s.domain = $2))
        OR EXISTS (
            SELECT FROM public.former_site_key f JOIN public.site s ON s.id = f.site_id
            WHERE f.site_key = $1 AND f.ends_at > CURRENT_TIMESTAMP AND s.deleted_at IS NULL)
$$;
