import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** Why the portal refuses a question; {@link FootfallError.code} may be another one when the portal is newer. */
export type FailureCode = Schemas[Extract<keyof Schemas, `Failure${number}`>]['error']['code'];

/** What the portal answered in place of what was asked for. */
export class FootfallError extends Error {
  override readonly name = 'FootfallError';
  /** For programs. `unreadable` when the answer is none of the portal's, say a proxy's. */
  readonly code: FailureCode | 'unreadable' | (string & {});
  /** HTTP status. */
  readonly status: number;
  /** Where in the question it is wrong, such as `filters[0][1]`. */
  readonly path: string | undefined;
  /** Seconds after which the same question may be answered. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    about: { code: string; status: number; path?: string | undefined; retryAfter?: number | undefined },
  ) {
    super(message);
    this.code = about.code;
    this.status = about.status;
    this.path = about.path;
    this.retryAfter = about.retryAfter;
  }
}

type ErrorBody = { error?: { code?: unknown; message?: unknown; path?: unknown } };

const isText = (value: unknown): value is string => typeof value === 'string';

async function readErrorBody(response: Response): Promise<ErrorBody> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    // A page of a proxy is not JSON; its status says more.
    return {};
  }
}

/** Seconds of a `Retry-After`, which is a number or a date; undefined when there is none. `now` is epoch milliseconds. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** The error that an answer other than 2xx stands for. */
export async function toFootfallError(response: Response): Promise<FootfallError> {
  const { status } = response;
  const { error } = await readErrorBody(response);
  const retryAfter = retryAfterSeconds(response.headers.get('retry-after'), Date.now());
  if (!isText(error?.code) || !isText(error.message))
    return new FootfallError(`the portal answered ${status}`, { code: 'unreadable', status, retryAfter });
  const path = isText(error.path) ? error.path : undefined;
  return new FootfallError(error.message, { code: error.code, status, path, retryAfter });
}
