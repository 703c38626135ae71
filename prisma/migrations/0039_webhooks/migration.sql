-- What a tenant's own servers are told, and what became of it.
CREATE TABLE "webhook_endpoint" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    -- What deliveries are signed with, sealed with the installation's secret; and the one before, which signs beside it until then.
    "sealed_secret" BYTEA NOT NULL,
    "sealed_previous" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    -- Since when nothing has arrived; null: the last one did.
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_endpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "webhook_endpoint_tenant_id_idx" ON "webhook_endpoint" ("tenant_id");
ALTER TABLE "webhook_endpoint" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "webhook_endpoint" USING ("tenant_id" = "current_tenant"());

CREATE TABLE "webhook_delivery" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    -- The same thing is told an endpoint once.
    "dedupe_key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    -- `queued`, `delivered` or `failed`.
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Somebody delivers it until then, or was killed.
    "held_until" TIMESTAMPTZ(3),
    -- Of the last try: the status of the answer, or the code of what was wrong; and milliseconds.
    "outcome" TEXT,
    "duration_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tried_at" TIMESTAMPTZ(3),
    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "webhook_delivery_endpoint_id_dedupe_key_key" ON "webhook_delivery" ("endpoint_id", "dedupe_key");
CREATE INDEX "webhook_delivery_state_due_at_idx" ON "webhook_delivery" ("state", "due_at");
CREATE INDEX "webhook_delivery_tenant_id_created_at_idx" ON "webhook_delivery" ("tenant_id", "created_at");
ALTER TABLE "webhook_delivery" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "webhook_delivery" USING ("tenant_id" = "current_tenant"());
