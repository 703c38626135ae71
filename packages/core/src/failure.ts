/** What a package's table of errors says of one code. */
export type FailureKind = {
  /** HTTP status that an edge answers with. */
  status: number;
  /** The same call may succeed later without being changed. */
  retriable: boolean;
  /** What to do about it; shown behind the message. */
  remedy?: string;
};

/** What a failure is about, by name: what was given, what is allowed. For the sentence that an edge makes of its code. */
export type FailureValues = Readonly<Record<string, string | number>>;

export type FailureOptions = {
  where?: string;
  values?: FailureValues;
  cause?: unknown;
  /** Seconds after which the same call may succeed, where that is known. */
  retryAfter?: number;
};

/**
 * The one error type that crosses a package's border: `code` for programs, `message` (what was wrong) for people,
 * `where` (a path, a variable, a position) for both; `values` for who says it in another language than English; the cause stays for
 * the operator's log.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly status: number;
  readonly retriable: boolean;
  readonly remedy: string | undefined;
  readonly where: string | undefined;
  readonly values: FailureValues;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(code: string, kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = kind.status;
    this.retriable = kind.retriable;
    this.remedy = kind.remedy;
    this.where = options.where;
    this.values = options.values ?? {};
    this.retryAfter = options.retryAfter;
  }
}

/**
 * A package's errors as one table: answers the function that makes them, so that no code exists outside its table, and all codes
 * of it.
 */
export function failures<const Table extends Record<string, FailureKind>>(table: Table) {
  type Code = keyof Table & string;
  const make = (code: Code, message: string, options?: FailureOptions): Failure =>
    new Failure(code, table[code] as FailureKind, message, options);
  return Object.assign(make, { codes: Object.keys(table) as readonly Code[] });
}
