/** An error as clients of engines throw it: a code of the system, of TLS, or Postgres' SQLSTATE. */
type ClientError = Error & { code?: unknown; address?: unknown; port?: unknown; hostname?: unknown };

/** What a code means, and whether it is gone by itself when the engine is back. `where` is the address, as far as the error has one. */
type Meaning = { say: (where: string, error: ClientError) => string; isAway: boolean };

const away = (say: Meaning['say']): Meaning => ({ say, isAway: true });
const wrong = (text: string): Meaning => ({ say: () => text, isAway: false });
const untrusted = (why: string) =>
  wrong(`its certificate is not trusted (${why}); name the file of its CA with sslrootcert=FILE`);

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: away((where) => `${where} refuses connections`),
  ECONNRESET: away(() => 'the connection was broken off'),
  EPIPE: away(() => 'the connection was broken off'),
  ETIMEDOUT: away((where) => `${where} does not answer`),
  EHOSTUNREACH: away((where) => `${where} cannot be reached`),
  EHOSTDOWN: away((where) => `${where} cannot be reached`),
  ENETUNREACH: away((where) => `${where} cannot be reached`),
  ENOTFOUND: away((_, { hostname }) => `there is no host ${hostname}`),
  EAI_AGAIN: away((_, { hostname }) => `the host ${hostname} cannot be looked up`),
  '57P01': away(() => 'Postgres stops'),
  '57P02': away(() => 'Postgres starts again after a crash'),
  '57P03': away(() => 'Postgres is starting or stopping'),
  '53300': away(() => 'Postgres has no connection left'),
  '53100': wrong('no space left on the disk of Postgres'),
  '25006': wrong('Postgres takes no changes: it is a standby, or read-only'),
  '28P01': wrong('Postgres refuses the password'),
  '28000': wrong('Postgres does not let this login in (pg_hba.conf, or without TLS)'),
  '3D000': wrong('there is no such database'),
  '42501': wrong('the login lacks a right in Postgres'),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted('it has signed itself'),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted('its CA is not known here'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted('its CA is not known here'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted('its CA is not known here'),
  CERT_HAS_EXPIRED: wrong('its certificate has expired'),
  ERR_TLS_CERT_ALTNAME_INVALID: wrong(
    'its certificate is of another host; sslmode=verify-ca does not look at the name',
  ),
};

/** What node-postgres says without a code. */
const MESSAGES: readonly [RegExp, Meaning][] = [
  [/^timeout (expired|exceeded when trying to connect)$/, away(() => 'it does not answer in time')],
  [/^Connection terminated/, away(() => 'the connection was broken off')],
  [
    /^The server does not support SSL connections$/,
    wrong('it does not speak TLS; sslmode=disable goes without'),
  ],
];

const DEPTH = 6;

/** An error, those beside it and its causes, the outermost first. */
function* chain(error: unknown, depth = DEPTH): Generator<ClientError> {
  if (!(error instanceof Error) || depth === 0) return;
  yield error;
  if (error instanceof AggregateError) for (const one of error.errors) yield* chain(one, depth - 1);
  yield* chain(error.cause, depth - 1);
}

function meaning(error: ClientError): Meaning | undefined {
  const { code } = error;
  if (typeof code === 'string' && Object.hasOwn(MEANINGS, code)) return MEANINGS[code];
  return MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1];
}

function text(error: ClientError, { say }: Meaning): string {
  const { code, address, port } = error;
  const where = address === undefined ? 'it' : port === undefined ? `${address}` : `${address}:${port}`;
  return typeof code === 'string' ? `${say(where, error)} (${code})` : say(where, error);
}

/**
 * What a client could not do with its engine, in our words and without those of the client; undefined when the error is of another kind.
 * Causes are not looked at: who describes a chain asks for each.
 */
export function connectionProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // All addresses of a host together, each once.
  if (error instanceof AggregateError && error.message === '') {
    const each = error.errors.map(connectionProblem);
    return each.includes(undefined) ? undefined : [...new Set(each)].join(', ');
  }
  const found = meaning(error);
  return found === undefined ? undefined : text(error, found);
}

/** Whether an error, or what has caused it, is that an engine is away: it may come back by itself. */
export function isAway(error: unknown): boolean {
  for (const one of chain(error)) if (meaning(one)?.isAway === true) return true;
  return false;
}
