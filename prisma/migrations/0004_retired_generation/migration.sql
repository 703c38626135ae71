-- CreateTable
CREATE TABLE "retired_generation" (
    "site_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retired_generation_pkey" PRIMARY KEY ("site_id","generation")
);

-- CreateIndex
CREATE INDEX "retired_generation_retired_at_idx" ON "retired_generation"("retired_at");
