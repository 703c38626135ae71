-- Subscribers of one version of a plan who are moved to another: who, and how far it is. The scheduler does it, one tenant after another.
CREATE TABLE "plan_move" (
    "id" TEXT NOT NULL,
    "from_plan" TEXT NOT NULL,
    "to_plan" TEXT NOT NULL,
    "manner" TEXT NOT NULL,
    "trial_ends_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'running',
    "reason" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_move_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "plan_move_from_plan_fkey" FOREIGN KEY ("from_plan") REFERENCES "plan" ("name") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "plan_move_manner" CHECK ("manner" IN ('now', 'period_end')),
    CONSTRAINT "plan_move_state" CHECK ("state" IN ('running', 'paused', 'cancelled', 'done'))
);
CREATE INDEX "plan_move_from_plan_created_at_idx" ON "plan_move" ("from_plan", "created_at");

CREATE TABLE "plan_move_tenant" (
    "move_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "note" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_move_tenant_pkey" PRIMARY KEY ("move_id", "tenant_id"),
    CONSTRAINT "plan_move_tenant_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "plan_move" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "plan_move_tenant_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "plan_move_tenant_state" CHECK ("state" IN ('waiting', 'moved', 'skipped', 'failed'))
);
CREATE INDEX "plan_move_tenant_tenant_id_idx" ON "plan_move_tenant" ("tenant_id");
ALTER TABLE "plan_move_tenant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "plan_move_tenant" USING ("tenant_id" = "current_tenant"());

-- What each payer pays a month, as it was when a month (UTC) was looked at last: written every day, so a month that is over has its last day.
-- `payer` is a hash: who is deleted leaves what they paid.
CREATE TABLE "revenue_month" (
    "month" CHAR(7) NOT NULL,
    "payer" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "trial" TEXT NOT NULL DEFAULT 'none',
    "day" DATE NOT NULL,

    CONSTRAINT "revenue_month_pkey" PRIMARY KEY ("month", "payer"),
    CONSTRAINT "revenue_month_trial" CHECK ("trial" IN ('none', 'open', 'kept', 'lost'))
);
