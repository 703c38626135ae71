CREATE SCHEMA eventlog;

-- Offsets are handed out under this row's lock: within a partition they become visible in order, without gaps.
CREATE TABLE eventlog.partition (
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
-- Every flush rewrites these rows: with room left in their page, the new version needs no index entry.
) WITH (fillfactor = 20);
INSERT INTO eventlog.partition (topic, partition)
SELECT topic, partition FROM unnest(ARRAY['events', 'rejected', 'touched']) AS topic, generate_series(0, 7) AS partition;

-- A row is a whole appended batch, as a record batch of Kafka is: a row an event would cost ten times the space.
CREATE TABLE eventlog.batch (
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    -- Of the oldest record in it.
    received_at bigint NOT NULL,
    appended_at timestamptz NOT NULL DEFAULT now(),
    record_count integer NOT NULL,
    compressed boolean NOT NULL,
    records bytea NOT NULL,
    -- {"<site>": {"<day>": records}}: what the ledger calls pending, without opening the batch.
    tally jsonb NOT NULL,
    PRIMARY KEY (topic, partition, "offset")
);
-- Batches are compressed before they come here.
ALTER TABLE eventlog.batch ALTER COLUMN records SET STORAGE EXTERNAL;

CREATE TABLE eventlog.member (
    grp text NOT NULL,
    member text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (grp, member)
);

CREATE TABLE eventlog.lease (
    grp text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    -- First offset that the group has not handled.
    committed bigint NOT NULL DEFAULT 0,
    owner text,
    expires_at timestamptz,
    PRIMARY KEY (grp, topic, partition)
) WITH (fillfactor = 20);
