import { createHmac } from 'node:crypto';

/** What a token lets its reader see. */
export type EmbedGrant = {
  /** Ids of sites. */
  sites: readonly string[];
  /** Names of reports, such as `overview`. */
  reports: readonly string[];
  /** Filters of the query language that hold for whatever is asked: `[['is', 'event:props:seller', ['42']]]`. */
  filters?: readonly unknown[];
  /** Variables of the embed's style, such as `{ accent: '#0a7' }`. */
  theme?: Readonly<Record<string, string>>;
  locale?: string;
  /** Whom it is for, for your own logs. */
  sub?: string;
};

export type SignOptions = {
  kid: string;
  secret: string;
  /** How long it is valid, seconds; default and most 600. */
  lifetime?: number;
  /** Epoch milliseconds; default now. */
  now?: number;
};

const LONGEST_SECONDS = 600;
/** As many characters as no secret of ours has less. */
const SHORTEST_SECRET = 32;

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function checkOptions({ kid, secret, lifetime = LONGEST_SECONDS }: SignOptions): void {
  if (kid === '' || kid !== kid.trim()) throw new TypeError('kid is empty, or has white space around it');
  // It would sign, and every token would be refused: a file's last line break is the usual reason.
  if (secret !== secret.trim()) throw new TypeError('the embed secret has white space around it');
  if (secret.length < SHORTEST_SECRET)
    throw new TypeError(`the embed secret is shorter than ${SHORTEST_SECRET} characters`);
  if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > LONGEST_SECONDS)
    throw new RangeError(`lifetime is a whole number of seconds from 1 to ${LONGEST_SECONDS}`);
}

/**
 * A token for one reader, to be made anew for each page that is opened. Never in a browser: whoever has the secret can read everything
 * that its key allows.
 * @throws TypeError, RangeError when the secret, the key or the lifetime cannot be right
 */
export function signEmbedToken(grant: EmbedGrant, options: SignOptions): string {
  checkOptions(options);
  const { kid, secret, lifetime = LONGEST_SECONDS, now = Date.now() } = options;
  const iat = Math.floor(now / 1_000);
  const header = encode({ alg: 'HS256', typ: 'embed+jwt', kid });
  const signed = `${header}.${encode({ aud: 'footfall', iat, exp: iat + lifetime, ...grant })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
