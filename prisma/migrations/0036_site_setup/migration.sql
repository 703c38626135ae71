-- Which shop system a site is made with (core/platform.ts), and how far its setting up has come; sites that are there are set up.
ALTER TABLE "site" ADD COLUMN "platform" TEXT;
ALTER TABLE "site" ADD COLUMN "setup_step" TEXT NOT NULL DEFAULT 'done';
ALTER TABLE "site" ALTER COLUMN "setup_step" SET DEFAULT 'platform';
