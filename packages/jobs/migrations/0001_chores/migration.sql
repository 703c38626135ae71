-- How the chores of an installation stand: a row each, kept by whichever scheduler runs them. What waits and what runs at this
-- moment is in pg-boss' own tables, in the schema `pgboss`.
CREATE SCHEMA jobs;

CREATE TABLE jobs.chore (
  name text PRIMARY KEY,
  cron text NOT NULL,
  -- When the next run is due.
  due_at timestamptz NOT NULL,
  started_at timestamptz,
  succeeded_at timestamptz,
  failed_at timestamptz,
  -- Failed attempts since the last success.
  failures integer NOT NULL DEFAULT 0,
  -- What the last failed attempt said; null after a success.
  error text
);
