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

-- What somebody may ask of their account: its end, and what is held about them across tenants.

-- The tenants that nobody else owns and that are not being deleted: without their owner they would be nobody's.
CREATE FUNCTION "owned_alone"("user_id" text) RETURNS TABLE ("tenant_id" text, "tenant_name" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.id, t.name FROM public.membership m JOIN public.tenant t ON t.id = m.tenant_id
    WHERE m.user_id = $1 AND m.role = 'owner' AND t.deletion_asked_at IS NULL AND NOT EXISTS (
        SELECT FROM public.membership o WHERE o.tenant_id = m.tenant_id AND o.role = 'owner' AND o.user_id <> m.user_id)
    ORDER BY t.name, t.id
$$;
REVOKE EXECUTE ON FUNCTION "owned_alone"(text) FROM PUBLIC;

-- Deletes an account with what hangs on it, and its mails; false, and nothing is done, while it owns a tenant alone.
CREATE FUNCTION "delete_account"("user_id" text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Whoever changes a team holds its row: two owners who go at once would leave it without one.
    PERFORM 1 FROM public.tenant t WHERE t.id IN (SELECT m.tenant_id FROM public.membership m WHERE m.user_id = $1)
        ORDER BY t.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.owned_alone($1)) THEN
        RETURN false;
    END IF;
    DELETE FROM public.mail m USING public."user" u WHERE u.id = $1 AND m.recipient = u.email;
    DELETE FROM public."user" u WHERE u.id = $1;
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION "delete_account"(text) FROM PUBLIC;

-- What somebody did, in whichever tenant, the latest before an entry first.
CREATE INDEX "audit_entry_actor_created_at_idx" ON "audit_entry" ("actor", "created_at");
CREATE FUNCTION "acts_of_user"("user_id" text, "before" timestamptz, "before_id" text, "most" integer)
RETURNS TABLE ("id" text, "tenant_id" text, "action" text, "subject" text, "address" text, "details" jsonb, "created_at" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.id, a.tenant_id, a.action, a.subject, a.address, a.details, a.created_at FROM public.audit_entry a
    WHERE a.actor = $1 AND ($2 IS NULL OR (a.created_at, a.id) < ($2, $3)) ORDER BY a.created_at DESC, a.id DESC LIMIT $4
$$;
REVOKE EXECUTE ON FUNCTION "acts_of_user"(text, timestamptz, text, integer) FROM PUBLIC;

-- The mails that went to somebody, without what stood in them; only to an address that they have shown to be theirs.
CREATE FUNCTION "mails_of_user"("user_id" text)
RETURNS TABLE ("template" text, "subject" text, "locale" text, "state" text, "created_at" timestamptz, "sent_at" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.template, m.subject, m.locale, m.state, m.created_at, m.sent_at
    FROM public.mail m JOIN public."user" u ON u.email = m.recipient AND u.email_verified_at IS NOT NULL
    WHERE u.id = $1 ORDER BY m.created_at DESC LIMIT 1000
$$;
REVOKE EXECUTE ON FUNCTION "mails_of_user"(text) FROM PUBLIC;

-- A removal of what one visitor has done, by the id that the shop calls them: sealed until it is done, and hashed to tell them apart.
ALTER TABLE "event_removal" ADD COLUMN "sealed_visitor" BYTEA;
ALTER TABLE "event_removal" ADD COLUMN "visitor_hash" TEXT;
