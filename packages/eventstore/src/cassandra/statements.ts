/** The store's CQL. What the tables are for stands in schema.ts; KS is that of the cluster's URL. */

const SITE_DAY = 'site = ? AND day = ? AND shard = ?';

export const PUT_EVENT = `
INSERT INTO KS.events (site, day, shard, visitor, occurred_at, event_id, raw, derived, logic_version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** As PUT_EVENT, of a purchase that holds an order number. */
export const PUT_ORDER = `
INSERT INTO KS.events (site, day, shard, visitor, occurred_at, event_id, raw, derived, logic_version, order_mark)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

// Several visitors, days and shards at once: each combination is one more partition or slice of one, empty ones cost little.
export const READ_VISITORS = `SELECT visitor, raw, derived, logic_version FROM KS.events
WHERE site = ? AND day IN ? AND shard IN ? AND visitor IN ? AND occurred_at >= ? AND occurred_at < ?`;

export const SCAN_DAY = `SELECT visitor, raw, derived, logic_version FROM KS.events WHERE ${SITE_DAY}`;

// Filtering within one partition: the node reads what it would have read for SCAN_DAY, and sends less.
export const SCAN_SPAN = `${SCAN_DAY} AND occurred_at >= ? AND occurred_at < ? ALLOW FILTERING`;

export const TIMES = `SELECT min(occurred_at) AS first, max(occurred_at) AS last FROM KS.events WHERE ${SITE_DAY}`;

/** Whole events are deleted by the time of their writing: what is put again later is written later (write-clock.ts). */
const WRITTEN = 'event_id, order_mark, writetime(raw) AS written';
const VISITOR_SPAN = `${SITE_DAY} AND visitor = ? AND occurred_at >= ? AND occurred_at < ?`;
export const IDS_OF_DAY = `SELECT ${WRITTEN} FROM KS.events WHERE ${SITE_DAY}`;
export const IDS_OF_VISITOR = `SELECT ${WRITTEN} FROM KS.events WHERE ${VISITOR_SPAN}`;
export const DELETE_DAY = `DELETE FROM KS.events USING TIMESTAMP ? WHERE ${SITE_DAY}`;
export const DELETE_VISITOR = `DELETE FROM KS.events USING TIMESTAMP ? WHERE ${VISITOR_SPAN}`;
const ONE_EVENT = `${SITE_DAY} AND visitor = ? AND occurred_at = ? AND event_id = ?`;
export const ID_OF_EVENT = `SELECT ${WRITTEN} FROM KS.events WHERE ${ONE_EVENT}`;
export const DELETE_EVENT = `DELETE FROM KS.events USING TIMESTAMP ? WHERE ${ONE_EVENT}`;

const ID = 'day = ? AND shard = ? AND site = ? AND id = ?';
export const CLAIM_ID = `UPDATE KS.event_ids SET holder = ? WHERE ${ID} IF holder = null AND closed = null`;
export const FIND_IDS = `SELECT site, id, holder FROM KS.event_ids WHERE day = ? AND shard = ? AND (site, id) IN ?`;
// The condition always holds: it puts the deletion in one order with the claims.
export const FREE_ID = `DELETE FROM KS.event_ids WHERE ${ID} IF closed != false`;
export const CLOSE_IDS = `UPDATE KS.event_ids SET closed = true WHERE day = ? AND shard = ? IF closed = null`;

const ORDER = 'site = ? AND shard = ? AND order_number = ?';
export const CLAIM_ORDER = `UPDATE KS.order_claims USING TTL ? SET holder = ? WHERE ${ORDER} IF holder = null`;
export const FREE_ORDER = `DELETE FROM KS.order_claims WHERE ${ORDER} IF holder = ?`;

export const FIND_DAY = 'SELECT shards, counted FROM KS.day_shards WHERE owner = ? AND day = ?';
export const FIND_DAYS = 'SELECT day, shards FROM KS.day_shards WHERE owner = ? AND day >= ? AND day <= ?';
export const FIND_DAY_BEFORE = `SELECT counted FROM KS.day_shards WHERE owner = ? AND day >= ? AND day < ?
ORDER BY day DESC LIMIT 1`;
export const BEGIN_DAY = 'INSERT INTO KS.day_shards (owner, day, shards) VALUES (?, ?, ?) IF NOT EXISTS';
export const COUNT_DAY = 'UPDATE KS.day_shards SET counted[?] = ? WHERE owner = ? AND day = ?';
export const GROW_DAY = 'UPDATE KS.day_shards SET shards = ? WHERE owner = ? AND day = ? IF shards = ?';

/** How late the times of writing are that processes have sent along, microseconds; see write-clock.ts. */
export const SET_MARK = `UPDATE KS.schema_version SET written = ? WHERE name = 'writes' IF written IN (null, ?)`;

const SCHEMA = "WHERE name = 'eventstore'";
export const VERSION = `SELECT version FROM KS.schema_version ${SCHEMA}`;
export const HOLD_SCHEMA = `UPDATE KS.schema_version USING TTL ? SET held_by = ? ${SCHEMA} IF held_by IN (null, ?)`;
export const RELEASE_SCHEMA = `UPDATE KS.schema_version SET held_by = null ${SCHEMA} IF held_by = ?`;
export const SET_VERSION = `UPDATE KS.schema_version SET version = ? ${SCHEMA} IF version IN (null, ?)`;
