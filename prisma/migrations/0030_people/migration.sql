-- People: staff of the platform, members limited to some sites, invitations, single-use tokens, second factors, and the mails that go out.

-- Staff is a member of no tenant: `operator` or `billing-admin`. Without a password somebody comes in by other ways alone.
ALTER TABLE "user" ALTER COLUMN "password_hash" DROP NOT NULL;
ALTER TABLE "user" ADD COLUMN "staff_role" TEXT;
ALTER TABLE "user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);
ALTER TABLE "user" ADD COLUMN "locale" TEXT;
-- Accounts that were made before addresses were confirmed go on as they are.
UPDATE "user" SET "email_verified_at" = CURRENT_TIMESTAMP;

-- What a session shows its owner, the tenant whose pages it sees, and when somebody last proved who they are.
ALTER TABLE "session" ADD COLUMN "chosen_tenant" TEXT;
ALTER TABLE "session" ADD COLUMN "user_agent" TEXT;
ALTER TABLE "session" ADD COLUMN "network" TEXT;
ALTER TABLE "session" ADD COLUMN "proven_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "tenant" ADD COLUMN "requires_second_factor" BOOLEAN NOT NULL DEFAULT false;

-- A limited member has the sites of membership_site and no others, none where there is none.
ALTER TABLE "membership" ADD COLUMN "is_limited" BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE "membership_site" (
    "tenant_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    CONSTRAINT "membership_site_pkey" PRIMARY KEY ("tenant_id", "user_id", "site_id"),
    CONSTRAINT "membership_site_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "membership" ("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "membership_site_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "membership_site_site_id_idx" ON "membership_site" ("site_id");
ALTER TABLE "membership_site" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "membership_site" USING ("tenant_id" = "current_tenant"());

-- `hash` is the SHA-256 of the token in the mail.
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "is_limited" BOOLEAN NOT NULL DEFAULT false,
    "site_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invitation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation" ("hash");
CREATE UNIQUE INDEX "invitation_tenant_id_email_key" ON "invitation" ("tenant_id", "email");
CREATE INDEX "invitation_expires_at_idx" ON "invitation" ("expires_at");
ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "invitation" USING ("tenant_id" = "current_tenant"());

-- Single-use tokens of mails, by the SHA-256 of each. Deleted when used.
CREATE TABLE "user_token" (
    "hash" BYTEA NOT NULL,
    "user_id" TEXT NOT NULL,
    -- `verify_email`, `reset_password`, `sign_in` or `change_email`.
    "purpose" TEXT NOT NULL,
    -- The address that it was sent to: what it proves.
    "email" TEXT NOT NULL,
    -- SHA-256 of the secret of the browser that asked for it.
    "browser_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "user_token_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "user_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "user_token_user_id_purpose_idx" ON "user_token" ("user_id", "purpose");
CREATE INDEX "user_token_expires_at_idx" ON "user_token" ("expires_at");

-- A second factor by time (TOTP). The secret is sealed with the installation's; it holds from `confirmed_at` on.
CREATE TABLE "totp" (
    "user_id" TEXT NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    -- The last step that was used: none is taken twice.
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "totp_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "totp_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "recovery_code" (
    "user_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id", "hash"),
    CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "passkey" (
    -- The credential's id, base64url.
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "is_backed_up" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "passkey_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "passkey_user_id_idx" ON "passkey" ("user_id");

-- Mails that are to go out, each once. `body` is sealed: it has tokens in it. It is emptied when the mail is sent.
CREATE TABLE "mail" (
    "id" TEXT NOT NULL,
    -- The same thing is told once.
    "dedupe_key" TEXT,
    "about_tenant" TEXT,
    "recipient" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" BYTEA,
    -- `queued`, `sent`, `kept` (there is no SMTP server) or `failed`.
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Somebody sends it until then, or was killed.
    "held_until" TIMESTAMPTZ(3),
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "mail_dedupe_key_key" ON "mail" ("dedupe_key");
CREATE INDEX "mail_state_due_at_idx" ON "mail" ("state", "due_at");
CREATE INDEX "mail_created_at_idx" ON "mail" ("created_at");

-- The memberships of somebody who is signing in or signed in, with the sites that a limited one has.
DROP FUNCTION "memberships_of_user"(text);
CREATE FUNCTION "memberships_of_user"("user_id" text)
RETURNS TABLE (
    "tenant_id" text, "role" text, "tenant_name" text, "joined_at" timestamptz,
    "is_limited" boolean, "site_ids" text[], "requires_second_factor" boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.tenant_id, m.role::text, t.name, m.created_at, m.is_limited,
        ARRAY(SELECT s.site_id FROM public.membership_site s WHERE s.tenant_id = m.tenant_id AND s.user_id = m.user_id ORDER BY s.site_id),
        t.requires_second_factor
    FROM public.membership m JOIN public.tenant t ON t.id = m.tenant_id WHERE m.user_id = $1
$$;
REVOKE EXECUTE ON FUNCTION "memberships_of_user"(text) FROM PUBLIC;

-- The invitation that somebody presents, by the SHA-256 of its token; no row when it has expired.
CREATE FUNCTION "invitation_of_hash"("hash" bytea)
RETURNS TABLE (
    "id" text, "tenant_id" text, "tenant_name" text, "email" text, "role" text,
    "is_limited" boolean, "site_ids" text[], "invited_by" text, "expires_at" timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.id, i.tenant_id, t.name, i.email, i.role::text, i.is_limited, i.site_ids, i.invited_by, i.expires_at
    FROM public.invitation i JOIN public.tenant t ON t.id = i.tenant_id
    WHERE i.hash = $1 AND i.expires_at > CURRENT_TIMESTAMP
$$;
REVOKE EXECUTE ON FUNCTION "invitation_of_hash"(bytea) FROM PUBLIC;
