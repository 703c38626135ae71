CREATE SCHEMA IF NOT EXISTS reportstore;

-- Lower case by the rules of Unicode, whatever the locale of the database is (C knows those of ASCII only).
CREATE COLLATION reportstore.unicode FROM "und-x-icu";

-- One event with the attributes of its visit. Numbers stand before text, so that no byte is lost to alignment; text is in the
-- collation C, so that it is compared by code point and groups fast under any locale.
CREATE TABLE reportstore.event_fact (
  at bigint NOT NULL,
  hour bigint NOT NULL,
  visit_hour bigint NOT NULL,
  generation integer NOT NULL,
  day date NOT NULL,
  -- Position in its visitor-day, which is in the order of (at, event id).
  ordinal integer NOT NULL,
  visit integer NOT NULL,
  visit_duration_ms integer NOT NULL,
  visit_bounced boolean NOT NULL,
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
  -- Null when the event has none.
  props jsonb
);

-- Finds a visitor-day to replace and a range of days to read. Not unique: equal entries share one key, which halves it.
CREATE INDEX event_fact_visitor_day ON reportstore.event_fact (site_id, generation, day, visitor);

-- An open visitor-day is rewritten with each of its events: the default of a fifth of the table would leave many dead rows.
ALTER TABLE reportstore.event_fact
  SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE reportstore.day_state (
  site_id text COLLATE "C" NOT NULL,
  generation integer NOT NULL,
  day date NOT NULL,
  version bigint NOT NULL,
  -- Null while the day is open, so that counting the version of an open day up touches no index.
  sealed_version bigint CHECK (sealed_version = version),
  PRIMARY KEY (site_id, generation, day)
) WITH (fillfactor = 50);

CREATE INDEX day_state_unsealed ON reportstore.day_state (day, site_id, generation) WHERE sealed_version IS NULL;

-- No unique key: a value (a referrer, say) may be longer than an index row. Sealing replaces a whole day under the lock of its state.
CREATE TABLE reportstore.roll_up (
  visitors bigint NOT NULL,
  pageviews bigint NOT NULL,
  events bigint NOT NULL,
  visits bigint NOT NULL,
  bounces bigint NOT NULL,
  duration_ms bigint NOT NULL,
  generation integer NOT NULL,
  day date NOT NULL,
  site_id text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL
);

CREATE INDEX roll_up_dimension ON reportstore.roll_up (site_id, generation, dimension, day);
CREATE INDEX roll_up_day ON reportstore.roll_up (site_id, generation, day);
