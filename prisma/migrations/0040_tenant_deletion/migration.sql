-- A tenant whose owner has asked to have it deleted: for some days it can be had back, and meanwhile nothing of it is shown, collected or
-- answered. See docs/decisions/0084.
ALTER TABLE "tenant" ADD COLUMN "deletion_asked_at" TIMESTAMPTZ(3);
ALTER TABLE "tenant" ADD COLUMN "deletion_asked_by" TEXT;
CREATE INDEX "tenant_deletion_asked_at_idx" ON "tenant" ("deletion_asked_at");

-- Tenants that are gone: that they were, and when that ended. Nothing that tells whose they were.
CREATE TABLE "deleted_tenant" (
    "id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sites" INTEGER NOT NULL,
    CONSTRAINT "deleted_tenant_pkey" PRIMARY KEY ("id")
);

-- Collectors refuse its sites and keys at once: they hear of them as if each had changed.
CREATE FUNCTION "tenant_deletion_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', s.id, 'key', s.site_key, 'domain', s.domain, 'tenant', s.tenant_id)::text)
    FROM public.site s WHERE s.tenant_id = NEW.id;
    PERFORM pg_notify('api_key_changed', encode(k.hash, 'hex')) FROM public.api_key k WHERE k.tenant_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER "tenant_deletion_changed" AFTER UPDATE ON "tenant" FOR EACH ROW
    WHEN (OLD."deletion_asked_at" IS DISTINCT FROM NEW."deletion_asked_at") EXECUTE FUNCTION "tenant_deletion_changed"();

-- Which tenants of somebody who is signed in are being deleted, and who asked for it.
CREATE FUNCTION "deletions_of_user"("user_id" text)
RETURNS TABLE ("tenant_id" text, "asked_at" timestamptz, "asked_by" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.id, t.deletion_asked_at, u.name
    FROM public.membership m JOIN public.tenant t ON t.id = m.tenant_id LEFT JOIN public."user" u ON u.id = t.deletion_asked_by
    WHERE m.user_id = $1 AND t.deletion_asked_at IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION "deletions_of_user"(text) FROM PUBLIC;

-- Whether a tenant is being deleted: its keys, and whatever else is presented without a session, open nothing then.
CREATE FUNCTION "is_being_deleted"("tenant_id" text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.tenant t WHERE t.id = $1 AND t.deletion_asked_at IS NOT NULL) $$;
REVOKE EXECUTE ON FUNCTION "is_being_deleted"(text) FROM PUBLIC;
