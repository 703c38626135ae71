-- Facts of open days only: those of sealed days are in files. There is no release whose facts had to be kept, and all of them
-- can be folded again from the event store.
DROP TABLE reportstore.event_fact;
DROP TABLE reportstore.roll_up;
DROP COLLATION reportstore.unicode;
TRUNCATE reportstore.day_state;

-- One event with the attributes of its visit. Numbers stand before text, so that no byte is lost to alignment; text is in the
-- collation C, so that it is compared by code point and groups fast under any locale.
CREATE TABLE reportstore.event_fact (
  at bigint NOT NULL,
  hour bigint NOT NULL,
  visit_hour bigint NOT NULL,
  generation integer NOT NULL,
  day date NOT NULL,
  -- Position in its visitor-day, which is in the order of (at, event id) but for engagement.
  ordinal integer NOT NULL,
  visit integer NOT NULL,
  visit_duration_ms integer NOT NULL,
  -- Pieces of a purchase, 0 of all else.
  pieces integer NOT NULL,
  -- Of engagement only: hundredths of a percent, milliseconds.
  scroll integer,
  engaged_ms integer,
  visit_bounced boolean NOT NULL,
  exit boolean NOT NULL,
  site_id text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  page text COLLATE "C" NOT NULL,
  hostname text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  referrer text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  utm_source text COLLATE "C" NOT NULL,
  utm_medium text COLLATE "C" NOT NULL,
  utm_campaign text COLLATE "C" NOT NULL,
  utm_term text COLLATE "C" NOT NULL,
  utm_content text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  browser text COLLATE "C" NOT NULL,
  browser_version text COLLATE "C" NOT NULL,
  os text COLLATE "C" NOT NULL,
  os_version text COLLATE "C" NOT NULL,
  screen text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  country text COLLATE "C" NOT NULL,
  region text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  entry_page text COLLATE "C" NOT NULL,
  exit_page text COLLATE "C" NOT NULL,
  entry_hostname text COLLATE "C" NOT NULL,
  bot text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  -- Of the amount and the items' prices; '' for the site's own.
  currency text COLLATE "C" NOT NULL,
  -- Millionths.
  amount numeric(38, 0),
  -- Null when the event has none.
  props jsonb,
  -- [{sku, name, category, worth (price times quantity in millionths, as text), quantity}]; null when the event has none.
  items jsonb
);

-- Finds a visitor-day to replace and a range of days to read. Not unique: equal entries share one key, which halves it.
CREATE INDEX event_fact_visitor_day ON reportstore.event_fact (site_id, generation, day, visitor);

-- An open visitor-day is rewritten with each of its events: the default of a fifth of the table would leave many dead rows.
ALTER TABLE reportstore.event_fact
  SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

-- A sealed day may be behind its version: it was changed and waits to be sealed again.
ALTER TABLE reportstore.day_state
  DROP CONSTRAINT day_state_check,
  ADD COLUMN dirty_since bigint;
DROP INDEX reportstore.day_state_unsealed;
CREATE INDEX day_state_stale ON reportstore.day_state (day, site_id, generation)
  WHERE sealed_version IS DISTINCT FROM version;

-- Where the facts, visits and roll-ups of a month's sealed days are, relative to the folder of files.
CREATE TABLE reportstore.month_file (
  site_id text COLLATE "C" NOT NULL,
  generation integer NOT NULL,
  -- YYYY-MM
  month text COLLATE "C" NOT NULL,
  facts text COLLATE "C" NOT NULL,
  visits text COLLATE "C" NOT NULL,
  roll_ups text COLLATE "C" NOT NULL,
  PRIMARY KEY (site_id, generation, month)
);

-- Files that were replaced: readers that began before may still need them for a while.
CREATE TABLE reportstore.superseded_file (
  path text COLLATE "C" PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);
