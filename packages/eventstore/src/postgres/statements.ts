/**
 * The store's SQL. None of it is prepared under a name: planned each time with the arrays at hand, Postgres knows how
 * many rows it joins; a plan made for any arrays costs more than planning (0.2 ms).
 */

export const FIND_SITES = `
SELECT site, site_id FROM eventstore.site WHERE site_id = ANY($1::text[])`;

export const ADD_SITES = `
INSERT INTO eventstore.site (site_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`;

/** The table's index finds by the hash alone. */
const SAME_TERM = 't.site = i.site AND md5(t.value)::uuid = md5(i.value)::uuid AND t.value = i.value';

export const FIND_TERMS = `
SELECT t.term, t.site, t.value FROM unnest($1::integer[], $2::text[]) AS i(site, value)
JOIN eventstore.term t ON ${SAME_TERM}`;

// Adds what is not there: each attempt to add what is would use up a number. For a site that is deleted at the same moment none are
// left behind: its row is held until they are there, or gone before.
export const LEARN_TERMS = `
WITH input AS MATERIALIZED (
  SELECT * FROM unnest($1::integer[], $2::text[]) AS i(site, value)
), held AS MATERIALIZED (
  SELECT site FROM eventstore.site WHERE site = ANY($1::integer[]) ORDER BY site FOR KEY SHARE
), found AS MATERIALIZED (
  SELECT t.term, t.site, t.value FROM input i JOIN eventstore.term t ON ${SAME_TERM}
), added AS (
  INSERT INTO eventstore.term (site, value)
  SELECT i.site, i.value FROM input i
  WHERE (i.site = 0 OR i.site IN (SELECT site FROM held)) AND NOT EXISTS (SELECT FROM found f WHERE f.site = i.site AND f.value = i.value)
  ORDER BY i.site, md5(i.value)::uuid
  ON CONFLICT DO NOTHING RETURNING term, site, value
)
SELECT term, site, value FROM found UNION ALL SELECT term, site, value FROM added`;

export const READ_TERMS = `
SELECT term, value FROM eventstore.term WHERE term = ANY($1::integer[])`;

// In one order of keys, so that two processors that put the same ids never wait for each other in a circle. A site that is gone
// finds no row to hold, which the table refuses: nothing is left out in silence, and nothing put for a site without a row.
export const PUT = `
WITH held AS MATERIALIZED (
  SELECT site FROM eventstore.site WHERE site = ANY($1::integer[]) ORDER BY site FOR KEY SHARE
), input AS MATERIALIZED (
  SELECT h.site, i.* FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::integer[], $5::bytea[], $6::bigint[], $7::bytea[])
    WITH ORDINALITY AS i(asked_site, event_key, day, time, visitor, origin, body, n)
  LEFT JOIN held h ON h.site = i.asked_site
), added AS (
  INSERT INTO eventstore.event (site, event_key, day, time, visitor, origin, body)
  SELECT site, event_key, day, time, visitor, origin, body FROM input ORDER BY site, event_key, n
  ON CONFLICT DO NOTHING RETURNING site, event_key, origin
)
SELECT input.n::int FROM input JOIN added USING (site, event_key, origin)`;

// A row that another transaction was just inserting is invisible to the statement that ran into it, hence a second look.
export const SAME_ORIGIN = `
SELECT i.n::int FROM unnest($1::integer[], $2::uuid[], $3::bigint[]) WITH ORDINALITY AS i(site, event_key, origin, n)
JOIN eventstore.event e ON e.site = i.site AND e.event_key = i.event_key AND e.origin = i.origin`;

/** First and last day of each site of `asked`: days on which it has nothing are left out, so that a span may be as wide as one likes. */
const KNOWN_DAYS = `
  SELECT site,
    (SELECT day FROM eventstore.event e WHERE e.site = a.site ORDER BY day LIMIT 1) AS first,
    (SELECT day FROM eventstore.event e WHERE e.site = a.site ORDER BY day DESC LIMIT 1) AS last
  FROM (SELECT DISTINCT site FROM asked) a`;

// One look into the index for each visitor and day, whatever the planner believes of their number.
export const READ = `
WITH asked AS MATERIALIZED (
  SELECT k.*, s.site FROM unnest($1::text[], $2::bytea[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
    WITH ORDINALITY AS k(site_id, visitor, first_day, first_time, last_day, last_time, n)
  JOIN eventstore.site s USING (site_id)
), known AS MATERIALIZED (${KNOWN_DAYS})
SELECT a.n::int, e.event_key, e.day, e.time, e.body FROM asked a
JOIN known USING (site)
CROSS JOIN LATERAL generate_series(greatest(a.first_day, known.first), least(a.last_day, known.last)) AS d(day)
CROSS JOIN LATERAL (
  SELECT * FROM eventstore.event e WHERE e.site = a.site AND e.day = d.day AND e.visitor = a.visitor
    AND (e.day, e.time) BETWEEN (a.first_day, a.first_time) AND (a.last_day, a.last_time) OFFSET 0) e`;

/** As {@link READ}, the first $7 events of each: who has more is sorted by Postgres, which puts on disk what is too much for its memory. */
export const READ_FIRST = `
SELECT n, event_key, day, time, body FROM (
  SELECT r.*, row_number() OVER (PARTITION BY n ORDER BY day, time, event_key) AS nth FROM (${READ}) r) f
WHERE nth <= $7::integer`;

/** Within the span of the parameters $2 to $5. */
const IN_SPAN =
  'e.day BETWEEN $2 AND $4 AND (e.day, e.time) BETWEEN ($2::integer, $3::integer) AND ($4::integer, $5::integer)';

// The visitors that chunks of about $4 events begin with. Answered by the index alone, hence by whole days.
export const SCAN_STARTS = `
SELECT DISTINCT ON (chunk) visitor FROM (
  SELECT e.visitor, (sum(count(*)) OVER (ORDER BY e.visitor) - 1)::bigint / $4::integer AS chunk
  FROM eventstore.event e JOIN eventstore.site s USING (site)
  WHERE s.site_id = $1 AND e.day BETWEEN $2 AND $3 GROUP BY e.visitor) v
ORDER BY chunk, visitor`;

// The visitors from $6 to before $7, day by day so that the index leads to each day's directly.
export const SCAN = `
WITH asked AS MATERIALIZED (
  SELECT site FROM eventstore.site WHERE site_id = $1
), known AS MATERIALIZED (${KNOWN_DAYS})
SELECT e.visitor, e.event_key, e.day, e.time, e.body FROM known
CROSS JOIN LATERAL generate_series(greatest($2, known.first), least($4, known.last)) AS d(day)
CROSS JOIN LATERAL (
  SELECT * FROM eventstore.event e WHERE e.site = known.site AND e.day = d.day
    AND e.visitor >= $6::bytea AND ($7::bytea IS NULL OR e.visitor < $7::bytea) AND ${IN_SPAN} OFFSET 0) e
ORDER BY e.visitor`;

/** As {@link SCAN}, the first $8 events of each visitor. */
export const SCAN_FIRST = `
SELECT visitor, event_key, day, time, body FROM (
  SELECT s.*, row_number() OVER (PARTITION BY visitor ORDER BY day, time, event_key) AS nth FROM (${SCAN}) s) f
WHERE nth <= $8::integer ORDER BY visitor`;

// Times of the first and of the last day only.
export const SPAN = `
WITH asked AS MATERIALIZED (
  SELECT site FROM eventstore.site WHERE site_id = $1
), known AS MATERIALIZED (${KNOWN_DAYS})
SELECT first AS first_day, last AS last_day,
  (SELECT min(time) FROM eventstore.event e WHERE e.site = known.site AND e.day = first) AS first_time,
  (SELECT max(time) FROM eventstore.event e WHERE e.site = known.site AND e.day = last) AS last_time
FROM known WHERE first IS NOT NULL`;

export const DELETE_VISITOR = `
DELETE FROM eventstore.event e USING eventstore.site s
WHERE s.site_id = $1 AND e.site = s.site AND e.visitor = $6 AND ${IN_SPAN}`;

export const DELETE_KEYS = `
DELETE FROM eventstore.event e USING eventstore.site s
WHERE s.site_id = $1 AND e.site = s.site AND e.event_key = ANY($2::uuid[])`;

export const DELETE_BEFORE = `
DELETE FROM eventstore.event e USING eventstore.site s WHERE s.site_id = $1 AND e.site = s.site AND e.day < $2`;

/** Whoever puts events of the site has done so before this is answered, or waits until the site is gone. */
export const HOLD_SITE = 'SELECT site FROM eventstore.site WHERE site_id = $1 FOR UPDATE';
export const DELETE_EVENTS = 'DELETE FROM eventstore.event WHERE site = $1';
export const DELETE_CLAIMS = 'DELETE FROM eventstore.order_claim WHERE site = $1';
export const DELETE_TERMS = 'DELETE FROM eventstore.term WHERE site = $1';
export const DELETE_SITE = 'DELETE FROM eventstore.site WHERE site = $1';

// In one order of keys, as PUT. A claim that has ended is taken over; one that another transaction is making is waited for.
export const CLAIM_ORDERS = `
INSERT INTO eventstore.order_claim AS c (site, order_key, event_key, day)
SELECT site, order_key, event_key, day FROM (
  SELECT DISTINCT ON (site, order_key) site, order_key, event_key, day
  FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::integer[]) WITH ORDINALITY AS i(site, order_key, event_key, day, n)
  ORDER BY site, order_key, n) first
ORDER BY site, order_key
ON CONFLICT (site, order_key) DO UPDATE SET event_key = excluded.event_key, day = excluded.day
  WHERE c.day < excluded.day - $5::integer
RETURNING site, order_key, event_key`;

/** Of the claims asked for, those that their own event holds. */
export const HELD_ORDERS = `
SELECT i.n::int FROM unnest($1::integer[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS i(site, order_key, event_key, n)
JOIN eventstore.order_claim c ON c.site = i.site AND c.order_key = i.order_key AND c.event_key = i.event_key`;

export const FREE_ORDERS = `
DELETE FROM eventstore.order_claim c USING unnest($1::integer[], $2::uuid[], $3::uuid[]) AS i(site, order_key, event_key)
WHERE c.site = i.site AND c.order_key = i.order_key AND c.event_key = i.event_key`;
