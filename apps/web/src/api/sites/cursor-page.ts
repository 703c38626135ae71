import { apiFailure } from '../errors.ts';
import type { PageMeta } from './schemas.ts';

const LIMIT = { default: 100, most: 1_000 };

/** Which page of a list is asked for. */
type PageQuery = { after: string | null; before: string | null; limit: number };

const toCursor = (key: string) => Buffer.from(key).toString('base64url');
const fromCursor = (cursor: string) => Buffer.from(cursor, 'base64url').toString();

/**
 * The parameters of a list.
 * @throws Failure `invalid_parameter`
 */
export function readPageQuery(search: URLSearchParams): PageQuery {
  const asked = search.get('limit') ?? String(LIMIT.default);
  const limit = /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  if (limit < 1 || limit > LIMIT.most)
    throw apiFailure('invalid_parameter', `limit is a number from 1 to ${LIMIT.most}`, { where: 'limit' });
  const [after, before] = [search.get('after'), search.get('before')];
  if (after !== null && before !== null)
    throw apiFailure('invalid_parameter', 'a page is after a cursor or before one', { where: 'before' });
  return {
    after: after === null ? null : fromCursor(after),
    before: before === null ? null : fromCursor(before),
    limit,
  };
}

/**
 * A page of a list by the key of each item, which is unique. A cursor is the key of the item at the page's edge, so nothing slips when others are added
 * or removed.
 */
export function cutPage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { after, before, limit }: PageQuery,
): { page: Item[]; meta: PageMeta } {
  const sorted = items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const begins =
    before === null
      ? sorted.findIndex(({ key }) => after === null || key > after)
      : Math.max(0, sorted.filter(({ key }) => key < before).length - limit);
  const start = begins === -1 ? sorted.length : begins;
  const end = before === null ? start + limit : sorted.filter(({ key }) => key < before).length;
  const page = sorted.slice(start, end);
  const [first, last] = [page[0], page.at(-1)];
  return {
    page: page.map(({ item }) => item),
    meta: {
      after: last !== undefined && end < sorted.length ? toCursor(last.key) : null,
      before: first !== undefined && start > 0 ? toCursor(first.key) : null,
      limit,
    },
  };
}
