import { type Flag, type FlagOverride, isFlagOn } from '@footfall/core/flag';
import type { Pool } from '@footfall/postgres/pool';

/** Who may make an account. */
export const SIGN_UP_MODES = ['open', 'invited', 'closed'] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** What all merchants are told, until a time (epoch milliseconds). */
export type Notice = { en: string; de: string; until: number };

/** How long it may take until every process goes by a change, milliseconds. */
const KNOWN_MS = 5_000;
const TIMEOUT_MS = 2_000;

const READ = `
SELECT (SELECT coalesce(json_object_agg(name, value), '{}') FROM platform_setting) AS settings,
  (SELECT coalesce(json_agg(json_build_object('flag', flag, 'forTenant', for_tenant, 'isOn', is_on)), '[]') FROM flag_override) AS flags`;

type Read = { settings: Readonly<Record<string, unknown>>; flags: readonly FlagOverride[] };

const signUpIn = (value: unknown): SignUpMode | null => SIGN_UP_MODES.find((mode) => mode === value) ?? null;

/** A notice as it was written; null for what is none, such as one of another version. */
export function readNotice(value: unknown): Notice | null {
  if (typeof value !== 'object' || value === null) return null;
  const { en, de, until } = value as Record<string, unknown>;
  return typeof en === 'string' && typeof de === 'string' && typeof until === 'number'
    ? { en, de, until }
    : null;
}

/** What the operator sets while everything runs: heard of within seconds, and kept while the database is away. */
export class RuntimeSettings {
  readonly #pool: Pick<Pool, 'query'>;
  readonly #knownMs: number;
  readonly #onError: (error: unknown) => void;
  #last: Read = { settings: {}, flags: [] };
  #until = 0;
  #asking: Promise<void> | null = null;

  constructor(
    pool: Pick<Pool, 'query'>,
    { knownMs = KNOWN_MS, onError }: { knownMs?: number; onError: (error: unknown) => void },
  ) {
    this.#pool = pool;
    this.#knownMs = knownMs;
    this.#onError = onError;
  }

  /** Who may sign up; null: nobody has said, so that the variable does. */
  async signUp(): Promise<SignUpMode | null> {
    return signUpIn((await this.#read()).settings.sign_up);
  }

  /** What merchants are told at a time; null: nothing. */
  async notice(now: number): Promise<Notice | null> {
    const notice = readNotice((await this.#read()).settings.notice);
    return notice === null || notice.until <= now ? null : notice;
  }

  /** Whether a flag is on for a tenant. */
  async isOn(flag: Flag, tenantId: string): Promise<boolean> {
    return isFlagOn(flag, tenantId, (await this.#read()).flags);
  }

  async #read(): Promise<Read> {
    if (Date.now() >= this.#until) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null;
      });
      await this.#asking;
    }
    return this.#last;
  }

  async #ask(): Promise<void> {
    try {
      const statement = { name: 'runtime-settings', text: READ, query_timeout: TIMEOUT_MS };
      this.#last = (await this.#pool.query<Read>(statement)).rows[0] ?? this.#last;
    } catch (error) {
      // What was known holds until the database is back.
      this.#onError(error);
    }
    this.#until = Date.now() + this.#knownMs;
  }
}
