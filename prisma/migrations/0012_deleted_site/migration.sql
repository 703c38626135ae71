-- Sites that were deleted: what the event log still has of them is passed over, and a deletion that was cut off is gone on with.
CREATE TABLE "deleted_site" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "domain" TEXT,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deleted_site_pkey" PRIMARY KEY ("id")
);
