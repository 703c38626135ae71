import { atOnce } from './at-once.ts';

/** Rows of one partition in the order of their visitors: a page at a call, then null. */
export type Pages<Row> = () => Promise<Row[] | null>;

type Options<Row> = {
  visitorOf: (row: Row) => string;
  /** Rows that a chunk should have. */
  size: number;
  /** Most rows of a visitor, and which of them are the first. */
  first?: { most: number; of: (rows: readonly Row[], most: number) => Row[] } | undefined;
};

/** A partition that is being read: the page in hand, the row that is next in it, and whose it is. */
type Source<Row> = { pages: Pages<Row>; page: Row[]; at: number; visitor: string };

/** First pages on their way at once. */
const AT_ONCE = 64;

/** Fetches the page behind the one that is being read, so that nobody waits for it. */
function ahead<Row>(pages: Pages<Row>): Pages<Row> {
  let coming: Promise<Row[] | null> | null = null;
  return async () => {
    const page = await (coming ?? pages());
    coming = page === null ? Promise.resolve(null) : pages();
    // Whoever asks for it hears of a failure; nobody does when the reader has stopped.
    coming.catch(() => undefined);
    return page;
  };
}

/** A heap of sources, that of the least visitor at its top. */
function createHeap<Row>() {
  const heap: Source<Row>[] = [];
  const isLess = (one: number, two: number) =>
    (heap[one] as Source<Row>).visitor < (heap[two] as Source<Row>).visitor;
  const swap = (one: number, two: number) => {
    [heap[one], heap[two]] = [heap[two] as Source<Row>, heap[one] as Source<Row>];
  };
  return {
    top: (): Source<Row> | undefined => heap[0],
    push(source: Source<Row>): void {
      let at = heap.push(source) - 1;
      for (let above = (at - 1) >> 1; at > 0 && isLess(at, above); above = (at - 1) >> 1) {
        swap(at, above);
        at = above;
      }
    },
    pop(): Source<Row> | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        if (left >= heap.length) return first;
        const least = left + 1 < heap.length && isLess(left + 1, left) ? left + 1 : left;
        if (!isLess(least, at)) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}

/** Takes the next page that has rows; answers false when there is none. */
async function turn<Row>(source: Source<Row>, { visitorOf }: Options<Row>): Promise<boolean> {
  for (let page = await source.pages(); page !== null; page = await source.pages()) {
    const [first] = page;
    if (first === undefined) continue;
    [source.page, source.at, source.visitor] = [page, 0, visitorOf(first)];
    return true;
  }
  return false;
}

/** Leaves of a visitor's rows the first, when they are more than are wanted. */
function shorten<Row>(own: Row[], { most, of }: NonNullable<Options<Row>['first']>): void {
  if (own.length <= most) return;
  const kept = of(own, most);
  for (const [index, row] of kept.entries()) own[index] = row;
  own.length = kept.length;
}

/** Moves the rows of the source's visitor to its others; answers whether it has those of another visitor. */
async function take<Row>(source: Source<Row>, own: Row[], options: Options<Row>): Promise<boolean> {
  const { visitor } = source;
  const { first } = options;
  do {
    if (first !== undefined && own.length > 2 * first.most) shorten(own, first);
    for (; source.at < source.page.length; source.at += 1) {
      const row = source.page[source.at] as Row;
      source.visitor = options.visitorOf(row);
      if (source.visitor !== visitor) return true;
      own.push(row);
    }
    if (!(await turn(source, options))) return false;
  } while (source.visitor === visitor);
  return true;
}

/**
 * The rows of several partitions, those of a visitor together, in chunks that reach their size with a whole visitor. Of each partition
 * one page is held and, unless they are many, the next is on its way.
 */
export async function* mergeByVisitor<Row>(
  partitions: readonly Pages<Row>[],
  options: Options<Row>,
): AsyncGenerator<Row[]> {
  const heap = createHeap<Row>();
  await atOnce(AT_ONCE, partitions, async (pages) => {
    const own = partitions.length <= AT_ONCE ? ahead(pages) : pages;
    const source = { pages: own, page: [], at: 0, visitor: '' };
    if (await turn(source, options)) heap.push(source);
  });
  let chunk: Row[] = [];
  for (let top = heap.top(); top !== undefined; top = heap.top()) {
    const { visitor } = top;
    const own: Row[] = [];
    while (heap.top()?.visitor === visitor) {
      const source = heap.pop() as Source<Row>;
      if (await take(source, own, options)) heap.push(source);
    }
    if (options.first !== undefined) shorten(own, options.first);
    for (const row of own) chunk.push(row);
    if (chunk.length >= options.size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
