CREATE SCHEMA eventstore;

CREATE TABLE eventstore.event (
    site_id text NOT NULL,
    -- The id itself when it is a UUID, else the first half of its SHA-256: 16 bytes instead of 36 and more.
    event_key uuid NOT NULL,
    occurred_at bigint NOT NULL,
    visitor text NOT NULL,
    -- Place in the log it came from: tells a redelivery from a repeat by the sender.
    origin text NOT NULL,
    logic_version smallint NOT NULL,
    -- {raw, derived} as JSON, deflated with the dictionary of codec.ts.
    body bytea NOT NULL,
    PRIMARY KEY (site_id, event_key)
);
-- Bodies are compressed already.
ALTER TABLE eventstore.event ALTER COLUMN body SET STORAGE EXTERNAL;

-- A visitor's day, which folding reads.
CREATE INDEX event_visitor_idx ON eventstore.event (site_id, visitor, occurred_at);
-- A site's day, which sealing and exports scan.
CREATE INDEX event_time_idx ON eventstore.event (site_id, occurred_at);
