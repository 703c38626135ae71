-- Parameters of page addresses that a site keeps besides those of campaigns.
ALTER TABLE "site" ADD COLUMN "kept_params" TEXT[] DEFAULT ARRAY[]::TEXT[];
