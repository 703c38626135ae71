-- What collectors hold on their own disks because the log was away: answered 202, not in the log yet. A collector with an empty spool has no rows.
CREATE TABLE "spool" (
    "id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "records" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "oldest_received_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "spool_pkey" PRIMARY KEY ("id")
);

-- No foreign key to the site: events of a site that was deleted are counted, too, until they are gone.
CREATE TABLE "spool_backlog" (
    "spool_id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    CONSTRAINT "spool_backlog_pkey" PRIMARY KEY ("spool_id", "site_id", "day"),
    CONSTRAINT "spool_backlog_spool_id_fkey" FOREIGN KEY ("spool_id") REFERENCES "spool" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "spool_backlog_some" CHECK ("count" > 0)
);
CREATE INDEX "spool_backlog_site_id_idx" ON "spool_backlog" ("site_id");
