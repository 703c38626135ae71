import { type Client, errors, type estypes } from '@elastic/elasticsearch';
import type { Failure } from '@footfall/core/failure';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { reportStoreFailure } from '../../errors.ts';
import { isPassing } from '../failing.ts';
import type { Indices } from '../schema/indices.ts';
import type { IndexKind } from '../schema/mappings.ts';

/** A document that is put in or, without one, deleted. */
export type Write = {
  kind: IndexKind;
  index: string;
  id: string;
  routing: string;
  /** JSON; null deletes. */
  doc: string | null;
  /** What a failure says that it was. */
  what: string;
};

/** Bytes and documents of one request: beyond these requests get no faster, only larger. */
const CHUNK = { bytes: 5_000_000, writes: 1_000 };
/** Elasticsearch refuses larger requests (`http.max_content_length` is 100 MB, of which some is ours). */
const MOST_BYTES = 95_000_000;
/** How often a write that was put off is tried, with growing rests: about half a minute. */
const ATTEMPTS = 10;
const RETRY: Backoff = { min: 50, max: 5_000, jitter: 0.5 };

const PUT_OFF = new Set([429, 503]);

/** While the index is closed to writers for a moment, or has just gone. */
const CLOSED: ReadonlySet<string> = new Set(['cluster_block_exception', 'index_not_found_exception']);

const refused = (what: string, why: string, cause?: unknown): Failure =>
  reportStoreFailure('visitor_day_refused', `Elasticsearch refuses ${what}: ${why}`, { where: what, cause });

const writeBytes = ({ doc }: Write): number => (doc === null ? 0 : Buffer.byteLength(doc));

function bulkLines({ index, id, routing, doc }: Write): string[] {
  const at = { _index: index, _id: id, routing };
  return doc === null ? [JSON.stringify({ delete: at })] : [JSON.stringify({ index: at }), doc];
}

type Item = estypes.BulkResponseItem;

/** What is to be done about one answer of a bulk request. */
function judge(write: Write, item: Item | undefined, indices: Indices): 'done' | 'again' | Failure {
  const { status = 500, error } = item ?? {};
  if (error === undefined || error === null) return 'done';
  if (CLOSED.has(error.type)) indices.forget(write.index);
  if (PUT_OFF.has(status) || CLOSED.has(error.type)) return 'again';
  return refused(write.what, error.reason ?? error.type);
}

export type BulkPorts = { client: Client; indices: Indices };

/**
 * Writes many documents in requests of bounded size, one on its way while the next is gathered, and waits until searches see them. Each has its own id, so that one
 * that is sent again changes nothing. What is put off is tried again; what is refused is told at the end and holds nothing else up.
 */
export class BulkWriter {
  readonly #client: Client;
  readonly #indices: Indices;
  readonly #refusals: Failure[] = [];
  #chunk: Write[] = [];
  #bytes = 0;
  #failed: { cause: unknown } | null = null;
  #flight: Promise<void> = Promise.resolve();
  /** Indices that have writes which searches may not see yet. */
  readonly #unseen = new Set<string>();

  constructor({ client, indices }: BulkPorts) {
    this.#client = client;
    this.#indices = indices;
  }

  /**
   * Takes a write; waits while the requests before it are on their way.
   * @throws Failure `report_store_unavailable` of earlier writes
   */
  async add(write: Write): Promise<void> {
    const bytes = writeBytes(write);
    if (bytes > MOST_BYTES) {
      this.#refusals.push(refused(write.what, `its ${bytes} bytes are more than one request may have`));
      return;
    }
    if (this.#chunk.length > 0 && this.#bytes + bytes > CHUNK.bytes) await this.#send();
    this.#chunk.push(write);
    this.#bytes += bytes;
    if (this.#chunk.length === CHUNK.writes) await this.#send();
  }

  /** Waits until searches see all writes; answers which of them were refused. */
  async end(): Promise<Failure[]> {
    // What fits one request is made visible with it.
    await this.#send(this.#unseen.size === 0);
    await this.#settled();
    await this.#indices.refresh([...this.#unseen]);
    return this.#refusals;
  }

  async #settled(): Promise<void> {
    await this.#flight;
    if (this.#failed !== null) throw this.#failed.cause;
  }

  async #send(refresh = false): Promise<void> {
    await this.#settled();
    const chunk = this.#chunk;
    this.#chunk = [];
    this.#bytes = 0;
    if (chunk.length === 0) return;
    if (!refresh) for (const { index } of chunk) this.#unseen.add(index);
    this.#flight = this.#write(chunk, refresh).catch((cause: unknown) => {
      this.#failed = { cause };
    });
  }

  async #write(chunk: readonly Write[], refresh: boolean): Promise<void> {
    let left = chunk;
    for (let attempt = 0; left.length > 0; attempt++) {
      const last = attempt === ATTEMPTS - 1;
      try {
        left = await this.#attempt(left, refresh);
      } catch (cause) {
        if (last || !isPassing(cause)) throw cause;
      }
      if (left.length === 0) return;
      if (last)
        throw reportStoreFailure('report_store_unavailable', `${left.length} writes were put off too often`);
      await sleep(backoffPause(attempt + 1, RETRY));
    }
  }

  /** Answers what is to be tried again. */
  async #attempt(chunk: readonly Write[], refresh: boolean): Promise<readonly Write[]> {
    const kinds = new Map(chunk.map(({ index, kind }) => [index, kind]));
    for (const [index, kind] of kinds) await this.#indices.ensure(kind, index);
    const answer = await this.#request(chunk, refresh);
    if (answer === null) return [];
    const again: Write[] = [];
    answer.items.forEach((item, at) => {
      const write = chunk[at] as Write;
      const judged = judge(write, item.index ?? item.delete, this.#indices);
      if (judged === 'again') again.push(write);
      else if (judged !== 'done') this.#refusals.push(judged);
    });
    return again;
  }

  async #request(chunk: readonly Write[], refresh: boolean): Promise<estypes.BulkResponse | null> {
    try {
      // Lines of text, which the client takes as they are.
      return await this.#client.bulk({
        operations: chunk.flatMap(bulkLines) as unknown as object[],
        refresh,
      });
    } catch (cause) {
      if (!(cause instanceof errors.ResponseError) || cause.statusCode !== 413) throw cause;
      const [only, ...others] = chunk;
      if (only === undefined || others.length > 0) throw cause;
      this.#refusals.push(refused(only.what, 'it is larger than http.max_content_length', cause));
      return null;
    }
  }
}
