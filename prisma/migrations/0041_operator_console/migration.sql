-- The console of the platform's staff: acting for a tenant, settings of the installation, flags, an audit of the platform, and what
-- the pages of sites and background work show.

-- Whether the platform's staff may look at what a tenant sees; the tenant's owners decide.
ALTER TABLE "tenant" ADD COLUMN "support_access" BOOLEAN NOT NULL DEFAULT true;
-- Nothing is taken for a tenant that is suspended; what it has stays.
ALTER TABLE "tenant" ADD COLUMN "suspended_at" TIMESTAMPTZ(3);
ALTER TABLE "tenant" ADD COLUMN "suspended_reason" TEXT;

-- A time in which somebody of the staff sees what a tenant sees. It outlives the account of whoever looked.
CREATE TABLE "support_visit" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "staff_id" TEXT NOT NULL,
    "staff_email" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    -- Before its time: by whoever looked, or because the tenant wants none.
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "support_visit_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "support_visit_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "support_visit_tenant_id_began_at_idx" ON "support_visit" ("tenant_id", "began_at");
ALTER TABLE "support_visit" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "support_visit" USING ("tenant_id" = "current_tenant"());

-- The visit that a session is at, and whose: both or none.
ALTER TABLE "session" ADD COLUMN "visited_tenant" TEXT;
ALTER TABLE "session" ADD COLUMN "visit" TEXT;

-- What the platform's staff did that is of no tenant, or of a tenant and of the platform.
CREATE TABLE "platform_audit" (
    "id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "about_tenant" TEXT,
    -- From where, cut to /24 or /48.
    "address" TEXT,
    "details" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "platform_audit_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "platform_audit_created_at_id_idx" ON "platform_audit" ("created_at", "id");

-- What is set while everything runs, by name; a variable gives the value of one that is not here.
CREATE TABLE "platform_setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "platform_setting_pkey" PRIMARY KEY ("name")
);

-- A flag that differs from its default in the code: for a tenant, or for all where `for_tenant` is empty.
CREATE TABLE "flag_override" (
    "flag" TEXT NOT NULL,
    "for_tenant" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "flag_override_pkey" PRIMARY KEY ("flag", "for_tenant")
);

-- Without the senders, whose addresses are in them, and without what was found of whom.
CREATE VIEW "staff"."removal" AS
SELECT r.id, r.site_id, s.domain, s.tenant_id, r.state, r.requested_at, r.confirmed_at, r.finished_at, r.worked_at,
    r.next_from, r.first_at, r.last_at, r.removed
FROM public.event_removal r JOIN public.site s ON s.id = r.site_id;

-- Totals of other products, and events that were brought in.
CREATE VIEW "staff"."import" AS
SELECT i.id, i.site_id, s.domain, s.tenant_id, i.source, NULL::bigint AS events, i.created_at, i.created_at AS ended_at
FROM public.import i JOIN public.site s ON s.id = i.site_id
UNION ALL
SELECT e.id, e.site_id, s.domain, s.tenant_id, array_to_string(e.formats, ', '), e.events, e.created_at, e.ended_at
FROM public.event_import e JOIN public.site s ON s.id = e.site_id;

-- Facts that are being made anew, for another time zone or because what is stored was made by another version.
CREATE VIEW "staff"."rebuild" AS
SELECT id AS site_id, domain, tenant_id, next_generation AS generation, next_timezone, timezone
FROM public.site WHERE next_timezone IS NOT NULL;

-- Suspends a tenant, or lifts it (`reason` null); false where there is none, or nothing to change. Collectors ask anew for what they know of sites.
CREATE FUNCTION "staff"."suspend_tenant"("tenant" text, "reason" text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.tenant SET suspended_at = CASE WHEN $2 IS NULL THEN NULL ELSE CURRENT_TIMESTAMP END, suspended_reason = $2
    WHERE id = $1 AND (suspended_at IS NULL) <> ($2 IS NULL);
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM pg_notify('site_changed', 'suspended');
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION "staff"."suspend_tenant"(text, text) FROM PUBLIC;
