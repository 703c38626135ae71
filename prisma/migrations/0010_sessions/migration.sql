-- Whoever is signed in, once a browser. The token in the cookie names the row; what is stored is the SHA-256 of that name, so that
-- whoever reads the table cannot sign in with it.
CREATE TABLE "session" (
    "hash" BYTEA NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "session_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "session_user_id_idx" ON "session" ("user_id");

-- Attempts that are counted for all processes together, in the form that rate-limiter-flexible keeps them. Keys are hashes.
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,
    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit" ("expire");

-- From where somebody did something (cut to /24 and /48), and what it changed.
ALTER TABLE "audit_entry" ADD COLUMN "address" TEXT;
ALTER TABLE "audit_entry" ADD COLUMN "details" JSONB;
