-- Keys that a merchant's own servers sign embed tokens with.
CREATE TABLE "embed_key" (
    "kid" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    -- A limited key shows these sites and no others, none where there is none.
    "is_limited" BOOLEAN NOT NULL DEFAULT false,
    "site_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    -- Whose pages may show what it signs.
    "origins" TEXT[],
    -- Which reports it may show; empty: every one.
    "reports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    -- Sealed with the installation's secret; and the one before, which goes on until then.
    "sealed_secret" BYTEA NOT NULL,
    "sealed_previous" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "embed_key_pkey" PRIMARY KEY ("kid"),
    CONSTRAINT "embed_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "embed_key_tenant_id_idx" ON "embed_key" ("tenant_id");
ALTER TABLE "embed_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "embed_key" USING ("tenant_id" = "current_tenant"());

-- How many questions a key was asked on a UTC day, by what became of them: `answered`, or the code of a refusal.
CREATE TABLE "embed_use" (
    "kid" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "embed_use_pkey" PRIMARY KEY ("kid", "day", "outcome"),
    CONSTRAINT "embed_use_kid_fkey" FOREIGN KEY ("kid") REFERENCES "embed_key" ("kid") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "embed_use_tenant_id_idx" ON "embed_use" ("tenant_id");
ALTER TABLE "embed_use" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "embed_use" USING ("tenant_id" = "current_tenant"());

-- The key that a token names, whosever it is; no row when it was revoked, or its tenant is being deleted.
CREATE FUNCTION "embed_key_of_kid"("kid" text)
RETURNS TABLE (
    "tenant_id" text, "is_limited" boolean, "site_ids" text[], "origins" text[], "reports" text[], "sealed_secret" bytea, "sealed_previous" bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.tenant_id, k.is_limited, k.site_ids, k.origins, k.reports, k.sealed_secret,
        CASE WHEN k.previous_until > CURRENT_TIMESTAMP THEN k.sealed_previous END
    FROM public.embed_key k JOIN public.tenant t ON t.id = k.tenant_id
    WHERE k.kid = $1 AND k.revoked_at IS NULL AND t.deletion_asked_at IS NULL
$$;
REVOKE EXECUTE ON FUNCTION "embed_key_of_kid"(text) FROM PUBLIC;

-- Whether some key names an origin: all that a preflight, which carries no token, can be answered by.
CREATE FUNCTION "is_embed_origin"("origin" text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.embed_key k WHERE k.origins @> ARRAY[$1] AND k.revoked_at IS NULL) $$;
REVOKE EXECUTE ON FUNCTION "is_embed_origin"(text) FROM PUBLIC;
CREATE INDEX "embed_key_origins_idx" ON "embed_key" USING gin ("origins");

-- Counts what became of questions, a row each of the three lists, and forgets days of these keys that are over for long.
CREATE FUNCTION "note_embed_use"("kids" text[], "outcomes" text[], "counts" bigint[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM public.embed_use u WHERE u.kid = ANY ($1) AND u.day < (CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date - 90;
    INSERT INTO public.embed_use AS u (kid, tenant_id, day, outcome, count)
    SELECT k.kid, k.tenant_id, (CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date, n.outcome, n.count
    FROM unnest($1, $2, $3) AS n(kid, outcome, count) JOIN public.embed_key k ON k.kid = n.kid
    ORDER BY k.kid, n.outcome
    ON CONFLICT (kid, day, outcome) DO UPDATE SET count = u.count + excluded.count, last_at = CURRENT_TIMESTAMP
$$;
REVOKE EXECUTE ON FUNCTION "note_embed_use"(text[], text[], bigint[]) FROM PUBLIC;
