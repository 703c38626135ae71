-- What many events say alike (a page with its title, a browser, a campaign, an article) is kept once and referred to by
-- number: docs/decisions/0006. Never changed, and deleted only with its site, whose number is never given again.
CREATE TABLE eventstore.term (
    term integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- 0: shared by all sites.
    site integer NOT NULL,
    -- JSON.
    value text NOT NULL
);
-- By a hash, since a value may be longer than an index entry; what is found is compared in full.
CREATE UNIQUE INDEX term_value_idx ON eventstore.term (site, (md5(value)::uuid));

-- 222 bytes an event with its indexes and terms instead of 407: `node bench/disk.ts 200000`.
-- Columns of fixed width stand first, so that nothing is lost to alignment.
CREATE TABLE eventstore.event_2 (
    -- A hash of its place in the log: tells a redelivery from a repeat by the sender.
    origin bigint NOT NULL,
    site integer NOT NULL,
    -- When it happened: UTC day, counted from 1970, and milliseconds of that day.
    day integer NOT NULL,
    time integer NOT NULL,
    -- The id itself when it is a UUID, else the first half of its SHA-256: 16 bytes instead of 36 and more.
    event_key uuid NOT NULL,
    -- The 12 bytes that an id of 16 letters of base64url spells; any other id as UTF-8, never 12 bytes long.
    visitor bytea NOT NULL,
    -- What the columns do not say of the event, in the format that its first byte names.
    body bytea NOT NULL
);

-- Events of the first format keep their bodies, behind the format's number and their version of the logic. Their place in the log
-- is no longer known: one that is delivered again counts as a repeat.
INSERT INTO eventstore.event_2 (origin, site, day, time, event_key, visitor, body)
SELECT 0, site, floor(occurred_at / 86400000.0)::integer,
    (occurred_at - floor(occurred_at / 86400000.0) * 86400000)::integer, event_key,
    CASE WHEN visitor ~ '^[A-Za-z0-9_-]{16}$' THEN decode(translate(visitor, '-_', '+/'), 'base64')
         WHEN octet_length(visitor) = 12 THEN convert_to(visitor, 'UTF8') || '\x00'::bytea
         ELSE convert_to(visitor, 'UTF8') END,
    '\x01'::bytea || int2send(logic_version) || body
FROM eventstore.event;
DROP TABLE eventstore.event;
ALTER TABLE eventstore.event_2 RENAME TO event;

ALTER TABLE eventstore.event ADD CONSTRAINT event_pkey PRIMARY KEY (site, event_key);
-- Serves a visitor's days and a site's days alike: the entries of a visitor-day are stored as one.
CREATE INDEX event_day_idx ON eventstore.event (site, day, visitor);
