-- API keys with a name, some sites, an end, a day of last use, and a former secret that goes on for a while. A personal one ends with the
-- membership.
ALTER TABLE "api_key" ADD COLUMN "name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "api_key" ADD COLUMN "user_id" TEXT;
-- A limited key has these sites and no others, none where there is none.
ALTER TABLE "api_key" ADD COLUMN "is_limited" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "api_key" ADD COLUMN "site_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "api_key" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "api_key" ADD COLUMN "last_used_on" DATE;
ALTER TABLE "api_key" ADD COLUMN "previous_hash" BYTEA;
ALTER TABLE "api_key" ADD COLUMN "previous_until" TIMESTAMPTZ(3);
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "membership" ("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "api_key_previous_hash_key" ON "api_key" ("previous_hash");

-- Whose key a request presents, by the SHA-256 of its secret or of the one before; no row when it was revoked or has ended. Of a personal
-- one the role of its owner, too: whether that still allows it is for the table of permissions to say.
DROP FUNCTION "api_key_of_hash"(bytea);
CREATE FUNCTION "api_key_of_hash"("hash" bytea)
RETURNS TABLE (
    "id" text, "tenant_id" text, "scopes" text[], "is_limited" boolean, "site_ids" text[], "ends_at" timestamptz,
    "user_id" text, "owner_role" text, "owner_is_limited" boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.id, k.tenant_id, k.scopes, k.is_limited, k.site_ids,
        CASE WHEN k.hash = $1 THEN k.expires_at ELSE LEAST(k.expires_at, k.previous_until) END,
        k.user_id, m.role::text, m.is_limited
    FROM public.api_key k LEFT JOIN public.membership m ON m.tenant_id = k.tenant_id AND m.user_id = k.user_id
    WHERE (k.hash = $1 OR k.previous_hash = $1) AND k.revoked_at IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > CURRENT_TIMESTAMP)
        AND (k.hash = $1 OR k.previous_until > CURRENT_TIMESTAMP)
$$;
REVOKE EXECUTE ON FUNCTION "api_key_of_hash"(bytea) FROM PUBLIC;

-- Notes that keys were used today, whosever they are.
CREATE FUNCTION "note_api_key_use"("ids" text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE public.api_key k SET last_used_on = (CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date
    WHERE k.id = ANY ($1) AND (k.last_used_on IS NULL OR k.last_used_on < (CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date)
$$;
REVOKE EXECUTE ON FUNCTION "note_api_key_use"(text[]) FROM PUBLIC;

-- What a key opens has changed: collectors hear of it by the hash of each secret that it has or had. Its use alone is no change.
DROP TRIGGER "api_key_changed" ON "api_key";
CREATE OR REPLACE FUNCTION "api_key_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('api_key_changed', encode(h, 'hex')) FROM unnest(ARRAY[NEW.hash, NEW.previous_hash]) h WHERE h IS NOT NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('api_key_changed', encode(h, 'hex')) FROM unnest(ARRAY[OLD.hash, OLD.previous_hash]) h WHERE h IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "api_key_changed"
    AFTER INSERT OR DELETE OR UPDATE OF "hash", "scopes", "is_limited", "site_ids", "expires_at", "revoked_at", "previous_hash", "previous_until"
    ON "api_key" FOR EACH ROW EXECUTE FUNCTION "api_key_changed"();

-- With a role the personal keys of its member change.
CREATE FUNCTION "personal_keys_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('api_key_changed', encode(h, 'hex'))
    FROM "api_key" k, unnest(ARRAY[k.hash, k.previous_hash]) h
    WHERE k.tenant_id = NEW.tenant_id AND k.user_id = NEW.user_id AND h IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER "personal_keys_changed" AFTER UPDATE OF "role", "is_limited" ON "membership"
    FOR EACH ROW EXECUTE FUNCTION "personal_keys_changed"();
