-- The day on which weeks begin on the pages of a site.
CREATE TYPE "WeekStart" AS ENUM ('monday', 'sunday', 'saturday');

-- Months for which a site's owners want its events kept, where that is shorter than "retention_days"; null: as the installation has it.
ALTER TABLE "site"
    ADD COLUMN "week_start" "WeekStart" NOT NULL DEFAULT 'monday',
    ADD COLUMN "retention_months" INTEGER,
    ADD CONSTRAINT "site_retention_months" CHECK ("retention_months" BETWEEN 1 AND 600);
