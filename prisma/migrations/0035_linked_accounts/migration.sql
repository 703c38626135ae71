-- Accounts at providers (Google, GitHub, OpenID Connect) that people sign in with. No token of a provider is kept.
CREATE TABLE "linked_account" (
    -- Who vouches: the issuer's address; of a tenant's own provider `tenant:` and the tenant's id.
    "provider" TEXT NOT NULL,
    -- Who they are there: it never changes, their address may.
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "linked_account_pkey" PRIMARY KEY ("provider", "subject"),
    CONSTRAINT "linked_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- One of a provider: which of two is meant nobody could say.
CREATE UNIQUE INDEX "linked_account_user_id_provider_key" ON "linked_account" ("user_id", "provider");
