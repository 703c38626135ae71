-- What the console of the platform's staff shows of tables that hold more than it shows: passwords, addresses that a shop has blocked,
-- mails. A view reads with its owner's rights: its reader needs none on the tables, and sees these columns of all tenants.
CREATE SCHEMA "staff";

CREATE VIEW "staff"."member" AS
SELECT m.tenant_id, m.user_id, u.name, u.email, m.role::text AS role, m.is_limited, m.created_at
FROM public.membership m JOIN public."user" u ON u.id = m.user_id;

CREATE VIEW "staff"."site" AS
SELECT id, tenant_id, domain, timezone, currency, enabled, generation, created_at FROM public.site;

-- Without its body, and without the key that may name somebody.
CREATE VIEW "staff"."mail" AS
SELECT id, about_tenant, recipient, locale, template, subject, state, attempts, error, created_at, sent_at FROM public.mail;

-- The sealed body of a mail that is kept for the operator to hand on; no row for any other, whose reader gets it by mail.
CREATE FUNCTION "staff"."kept_mail_body"("mail_id" text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT m.body FROM public.mail m WHERE m.id = $1 AND m.state = 'kept' $$;
REVOKE EXECUTE ON FUNCTION "staff"."kept_mail_body"(text) FROM PUBLIC;

-- Lists of tenants and mails go on where a page ended.
CREATE INDEX "tenant_created_at_id_idx" ON "tenant" ("created_at", "id");
CREATE INDEX "mail_created_at_id_idx" ON "mail" ("created_at", "id");
DROP INDEX "mail_created_at_idx";
