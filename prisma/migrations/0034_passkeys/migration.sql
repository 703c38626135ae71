-- Challenges of passkeys that were answered: none is taken twice. What was asked and never answered is in a cookie alone.
CREATE TABLE "used_challenge" (
    -- SHA-256 of the challenge.
    "hash" BYTEA NOT NULL,
    -- From then on the challenge itself is over.
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "used_challenge_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "used_challenge_expires_at_idx" ON "used_challenge" ("expires_at");
