/**
 * The store's SQL. None of it is prepared under a name: planned each time with the arrays at hand, Postgres knows how
 * many rows it joins; a plan made for any arrays costs more than planning (0.2 ms).
 */

export const NAME_SITES = `
INSERT INTO eventstore.site (site_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`;

// In one order of keys, so that two processors that put the same ids never wait for each other in a circle. A site without
// a number finds none, which the table refuses: nothing is left out in silence.
export const PUT = `
WITH input AS MATERIALIZED (
  SELECT s.site, i.* FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::smallint[], $7::bytea[])
    WITH ORDINALITY AS i(site_id, event_key, occurred_at, visitor, origin, logic_version, body, n)
  LEFT JOIN eventstore.site s USING (site_id)
), added AS (
  INSERT INTO eventstore.event (site, event_key, occurred_at, visitor, origin, logic_version, body)
  SELECT site, event_key, occurred_at, visitor, origin, logic_version, body FROM input ORDER BY site, event_key, n
  ON CONFLICT DO NOTHING RETURNING site, event_key, origin
)
SELECT input.n::int FROM input JOIN added USING (site, event_key, origin)`;

// A row that another transaction was just inserting is invisible to the statement that ran into it, hence a second look.
export const SAME_ORIGIN = `
SELECT i.n::int FROM unnest($1::text[], $2::uuid[], $3::text[]) WITH ORDINALITY AS i(site_id, event_key, origin, n)
JOIN eventstore.site s USING (site_id)
JOIN eventstore.event e ON e.site = s.site AND e.event_key = i.event_key AND e.origin = i.origin`;

// One look into the index for each visitor and day, whatever the planner believes of their number; days on which the site
// has nothing are left out, so that a span may be as wide as one likes.
export const READ = `
WITH asked AS MATERIALIZED (
  SELECT k.*, s.site FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
    WITH ORDINALITY AS k(site_id, visitor, since, until, n) JOIN eventstore.site s USING (site_id)
), known AS MATERIALIZED (
  SELECT site,
    (SELECT day FROM eventstore.event e WHERE e.site = a.site ORDER BY day LIMIT 1) AS first,
    (SELECT day FROM eventstore.event e WHERE e.site = a.site ORDER BY day DESC LIMIT 1) AS last
  FROM (SELECT DISTINCT site FROM asked) a
)
SELECT a.n::int, e.event_key, e.occurred_at, e.logic_version, e.body FROM asked a
JOIN known USING (site)
CROSS JOIN LATERAL generate_series(
  greatest(a.since / 86400000, known.first), least((a.until - 1) / 86400000, known.last)) AS d(day)
CROSS JOIN LATERAL (
  SELECT * FROM eventstore.event e WHERE e.site = a.site AND e.day = d.day AND e.visitor = a.visitor
    AND e.occurred_at >= a.since AND e.occurred_at < a.until OFFSET 0) e`;

const OF_SPAN =
  'e.day BETWEEN $2::bigint / 86400000 AND ($3::bigint - 1) / 86400000 AND e.occurred_at >= $2 AND e.occurred_at < $3';

export const SCAN_VISITORS = `
SELECT e.visitor, count(*)::int AS events FROM eventstore.event e JOIN eventstore.site s USING (site)
WHERE s.site_id = $1 AND ${OF_SPAN} GROUP BY e.visitor ORDER BY min(e.day), e.visitor`;

export const DELETE_VISITOR = `
DELETE FROM eventstore.event e USING eventstore.site s
WHERE s.site_id = $1 AND e.site = s.site AND e.visitor = $2 AND e.occurred_at >= $3 AND e.occurred_at < $4
  AND e.day BETWEEN $3::bigint / 86400000 AND ($4::bigint - 1) / 86400000`;

export const DELETE_SITE = `
DELETE FROM eventstore.event e USING eventstore.site s WHERE s.site_id = $1 AND e.site = s.site`;
