-- The provider that vouched for who began a session, as linked accounts name it; null: they proved it here themselves. Sessions of before
-- have none and end as they would have. When a provider is taken away, what it has begun ends.
ALTER TABLE "session" ADD COLUMN "provider" TEXT;
CREATE INDEX "session_only_tenant_idx" ON "session" ("only_tenant");
