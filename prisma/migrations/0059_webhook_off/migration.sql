-- Whom the scheduler tells of what it does to a tenant: its owners, no more of them than their addresses and languages.
CREATE FUNCTION "owners_of_tenant"("tenant_id" text) RETURNS TABLE ("email" text, "locale" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT u.email, u.locale FROM public.membership m JOIN public."user" u ON u.id = m.user_id
    WHERE m.tenant_id = $1 AND m.role = 'owner' ORDER BY u.email LIMIT 50
$$;
REVOKE EXECUTE ON FUNCTION "owners_of_tenant"(text) FROM PUBLIC;
