-- What a tenant was told of its plan and payments, once each: mails are forgotten sooner than what they are about.
CREATE TABLE "account_notice" (
    "tenant_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_notice_pkey" PRIMARY KEY ("tenant_id", "kind", "about"),
    CONSTRAINT "account_notice_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "account_notice_told_at_idx" ON "account_notice" ("told_at");
ALTER TABLE "account_notice" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "account_notice" USING ("tenant_id" = "current_tenant"());

-- Who is told of a tenant's plan and payments: those who may do something about it, at addresses that are shown to be theirs.
CREATE FUNCTION "payers_of_tenant"("tenant" text) RETURNS TABLE ("email" text, "locale" text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT u.email, u.locale FROM public.membership m JOIN public."user" u ON u.id = m.user_id
    WHERE m.tenant_id = $1 AND m.role IN ('owner', 'billing') AND u.email_verified_at IS NOT NULL
    ORDER BY u.email LIMIT 100
$$;
REVOKE EXECUTE ON FUNCTION "payers_of_tenant"(text) FROM PUBLIC;
