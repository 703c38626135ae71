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
  /** What else is wrong with the same request. */
  also?: readonly Failure[];
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
  /** What else is wrong with the same request: a form says all of it at once. */
  readonly also: readonly Failure[];

  constructor(code: string, kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = kind.status;
    this.retriable = kind.retriable;
    this.remedy = kind.remedy;
    this.where = options.where;
    this.values = options.values ?? {};
    this.retryAfter = options.retryAfter;
    this.also = options.also ?? [];
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

/** The failure with others of the same request beside it. */
function withOthers(first: Failure, others: readonly Failure[]): Failure {
  if (others.length === 0) return first;
  const { code, status, retriable, remedy, message, where, values, cause, retryAfter } = first;
  return new Failure(code, { status, retriable, ...(remedy === undefined ? {} : { remedy }) }, message, {
    values,
    cause,
    also: others,
    ...(where === undefined ? {} : { where }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

type Results<Checks extends readonly (() => unknown)[]> = { [At in keyof Checks]: ReturnType<Checks[At]> };

/**
 * Runs checks that need nothing of each other, such as those of a form's fields, and answers what they answer. Failures are thrown
 * together: the first, with the others in its `also`. What is not a failure is thrown at once.
 */
export function checkAll<const Checks extends readonly (() => unknown)[]>(
  ...checks: Checks
): Results<Checks> {
  const found: Failure[] = [];
  const results = checks.map((check) => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      found.push(error, ...error.also);
      return undefined;
    }
  });
  const [first, ...others] = found;
  if (first !== undefined) throw withOthers(first, others);
  return results as Results<Checks>;
}
