-- Totals that another product had counted, taken over as they are: of one value of one dimension on one local day. There are no
-- visitors behind them that could be folded.
CREATE TABLE "import" (
    "id" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "measures" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "import_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "import_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "import_site_id_idx" ON "import" ("site_id");

CREATE TABLE "imported_total" (
    "import_id" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" TEXT NOT NULL,
    "visitors" BIGINT NOT NULL DEFAULT 0,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "pageviews" BIGINT NOT NULL DEFAULT 0,
    "events" BIGINT NOT NULL DEFAULT 0,
    "bounces" BIGINT NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,
    "exits" BIGINT NOT NULL DEFAULT 0,
    "scroll_sum" BIGINT NOT NULL DEFAULT 0,
    "scrolled" BIGINT NOT NULL DEFAULT 0,
    "engaged_ms" BIGINT NOT NULL DEFAULT 0,
    "engaged" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "imported_total_pkey" PRIMARY KEY ("import_id", "dimension", "day", "value"),
    CONSTRAINT "imported_total_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
