-- A site goes to another tenant with all that hangs on it. What a tenant has used stays with the tenant.
-- Since when its tenant has it; null: from the beginning.
ALTER TABLE "site" ADD COLUMN "moved_at" TIMESTAMPTZ(3);

-- Row-level security lets nobody hand a row to another tenant, so this alone does: out of the tenant that the transaction has named, for somebody
-- who may make and delete sites in both. Who was limited to the site has it no more.
CREATE FUNCTION "move_site"("site_id" text, "to_tenant" text, "user_id" text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH moved AS (
        UPDATE public.site s SET tenant_id = $2, moved_at = CURRENT_TIMESTAMP
        WHERE s.id = $1 AND s.tenant_id = public.current_tenant() AND s.tenant_id <> $2 AND s.deleted_at IS NULL
            AND EXISTS (SELECT FROM public.tenant t WHERE t.id = $2 AND t.deletion_asked_at IS NULL)
            AND 2 = (SELECT count(*) FROM public.membership m WHERE m.user_id = $3 AND m.tenant_id IN (s.tenant_id, $2)
                AND m.role IN ('owner', 'admin') AND NOT m.is_limited)
        RETURNING s.id
    ), cut AS (DELETE FROM public.membership_site c USING moved WHERE c.site_id = moved.id)
    SELECT EXISTS (SELECT FROM moved)
$$;
REVOKE EXECUTE ON FUNCTION "move_site"(text, text, text) FROM PUBLIC;

-- Whoever knows a site by a former key or by a further domain forgets it as well when it changes: else such a name goes on meaning what the site
-- was, another tenant's site even.
CREATE OR REPLACE FUNCTION "site_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('site_changed', json_build_object(
        'id', COALESCE(NEW.id, OLD.id), 'key', COALESCE(NEW.site_key, OLD.site_key),
        'domain', COALESCE(NEW.domain, OLD.domain), 'tenant', COALESCE(NEW.tenant_id, OLD.tenant_id))::text);
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.site_key, OLD.domain, OLD.tenant_id) IS DISTINCT FROM (NEW.site_key, NEW.domain, NEW.tenant_id) THEN
            PERFORM pg_notify('site_changed', json_build_object(
                'id', OLD.id, 'key', OLD.site_key, 'domain', OLD.domain, 'tenant', OLD.tenant_id)::text);
        END IF;
        PERFORM pg_notify('site_changed', json_build_object(
            'id', NEW.id, 'key', COALESCE(n.key, NEW.site_key), 'domain', COALESCE(n.domain, NEW.domain), 'tenant', t.tenant)::text)
        FROM (SELECT f.site_key AS key, NULL::text AS domain FROM public.former_site_key f WHERE f.site_id = NEW.id
            UNION ALL SELECT NULL, d.domain FROM public.site_domain d WHERE d.site_id = NEW.id) n,
            (SELECT NEW.tenant_id AS tenant UNION SELECT OLD.tenant_id) t;
    END IF;
    RETURN NULL;
END $$;
