import { checkAll } from '@footfall/core/failure';
import { flagNamed } from '@footfall/core/flag';
import type { Pool } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import type { PlatformAct } from '../platform-audit.ts';
import { type Notice, readNotice, SIGN_UP_MODES, type SignUpMode } from '../runtime-settings.ts';
import { checkReason } from '../tenant/support.ts';
import { unknownTenant } from '../tenant/tenant.ts';
import { printable } from '../text.ts';
import { withAudit } from '../with-audit.ts';
import { askRows, type Cursor, PAGE_ROWS, type Page, pageFrom } from './page.ts';

/** What is overridden of a flag, by whom and why; `forTenant` empty: for all. */
export type FlagRow = {
  flag: string;
  forTenant: string;
  isOn: boolean;
  reason: string;
  updatedBy: string;
  updatedAt: Date;
};

export type PlatformSettings = { signUp: SignUpMode | null; notice: Notice | null; flags: FlagRow[] };

const MOST_FLAGS = 500;
const FLAGS = `
SELECT flag, for_tenant AS "forTenant", is_on AS "isOn", reason, updated_by AS "updatedBy", updated_at AS "updatedAt"
FROM flag_override ORDER BY flag, for_tenant LIMIT ${MOST_FLAGS}`;

/** What is set now. */
export async function readPlatformSettings(pool: Pool): Promise<PlatformSettings> {
  const [settings, flags] = await Promise.all([
    askRows<{ name: string; value: unknown }>(pool, 'SELECT name, value FROM platform_setting', []),
    askRows<FlagRow>(pool, FLAGS, []),
  ]);
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  return {
    signUp: SIGN_UP_MODES.find((mode) => mode === values.get('sign_up')) ?? null,
    notice: readNotice(values.get('notice')),
    flags,
  };
}

type Actor = PlatformAct['actor'];

const SET = `
INSERT INTO platform_setting (name, value, updated_by) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = now()`;

type Change = { name: string; value: unknown; actor: Actor; details: Readonly<Record<string, unknown>> };

async function changeSetting(pool: Pool, { name, value, actor, details }: Change): Promise<void> {
  const act = { actor, action: 'setting.change', subject: name, aboutTenant: null, details };
  await withAudit(pool, act, (client) =>
    value === null
      ? client.query('DELETE FROM platform_setting WHERE name = $1', [name])
      : client.query(SET, [name, JSON.stringify(value), actor.id]),
  );
}

/**
 * Says who may sign up from now on; null: as the variable says.
 * @throws Failure `invalid_reason`
 */
export function changeSignUp(
  pool: Pool,
  { mode, reason, actor }: { mode: SignUpMode | null; reason: string; actor: Actor },
): Promise<void> {
  const details = { mode: mode ?? 'default', reason: checkReason(reason) };
  return changeSetting(pool, { name: 'sign_up', value: mode, actor, details });
}

/** Characters of a notice in each language. */
export const NOTICE_LENGTH = 300;
/** A notice is forgotten one day. */
const NOTICE_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

/**
 * Says to all merchants what is to be said in both languages until a time; null: nothing.
 * @throws Failure `invalid_notice`
 */
export function changeNotice(
  pool: Pool,
  { notice, actor, now }: { notice: Notice | null; actor: Actor; now: number },
): Promise<void> {
  if (notice === null)
    return changeSetting(pool, { name: 'notice', value: null, actor, details: { notice: null } });
  const fail = (where: string) =>
    controlFailure(
      'invalid_notice',
      `a notice has 1 to ${NOTICE_LENGTH} printable characters in each language`,
      {
        where,
        values: {
          rule: where === 'until' ? 'until' : 'text',
          most: where === 'until' ? NOTICE_DAYS : NOTICE_LENGTH,
        },
      },
    );
  const checkText = (language: 'en' | 'de') => () => {
    const text = printable(notice[language], NOTICE_LENGTH);
    if (text === null) throw fail(language);
    return text;
  };
  const [en, de, until] = checkAll(checkText('en'), checkText('de'), () => {
    if (notice.until > now && notice.until <= now + NOTICE_DAYS * DAY_MS) return notice.until;
    throw fail('until');
  });
  const value = { en, de, until };
  return changeSetting(pool, { name: 'notice', value, actor, details: { notice: value } });
}

const SET_FLAG = `
INSERT INTO flag_override (flag, for_tenant, is_on, reason, updated_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (flag, for_tenant) DO UPDATE
SET is_on = excluded.is_on, reason = excluded.reason, updated_by = excluded.updated_by, updated_at = now()`;

type FlagChange = {
  flag: string;
  /** Empty: for all. */
  forTenant: string;
  /** Null: as the table says. */
  isOn: boolean | null;
  reason: string;
  actor: Actor;
};

/**
 * Switches a flag for all or for a tenant, or leaves it to its default again.
 * @throws Failure `unknown_flag`, `invalid_reason`, `unknown_tenant`
 */
export async function changeFlag(pool: Pool, change: FlagChange): Promise<void> {
  const { flag, forTenant, isOn, actor } = change;
  if (flagNamed(flag) === null)
    throw controlFailure('unknown_flag', `there is no flag ${JSON.stringify(flag)}`, { where: 'flag' });
  const reason = checkReason(change.reason);
  if (forTenant !== '') {
    const there = await askRows(pool, 'SELECT 1 FROM tenant WHERE id = $1', [forTenant]);
    if (there.length === 0) throw unknownTenant(forTenant);
  }
  const act: PlatformAct = {
    actor,
    action: 'flag.change',
    subject: flag,
    aboutTenant: forTenant === '' ? null : forTenant,
    details: { on: isOn ?? 'default', reason },
  };
  await withAudit(pool, act, (client) =>
    isOn === null
      ? client.query('DELETE FROM flag_override WHERE flag = $1 AND for_tenant = $2', [flag, forTenant])
      : client.query(SET_FLAG, [flag, forTenant, isOn, reason, actor.id]),
  );
}

/** An entry of the audit of the platform; `actor`: a user's id. */
export type PlatformEntry = {
  id: string;
  actor: string;
  action: string;
  subject: string;
  aboutTenant: string | null;
  address: string | null;
  details: unknown;
  createdAt: Date;
};

const AUDIT = `
SELECT id, actor, action, subject, about_tenant AS "aboutTenant", address, details, created_at AS "createdAt" FROM platform_audit
WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1::timestamptz, $2::text)
ORDER BY created_at DESC, id DESC LIMIT ${PAGE_ROWS + 1}`;

/** A page of what the platform's staff did, latest first. */
export async function listPlatformAudit(pool: Pool, after: Cursor | null): Promise<Page<PlatformEntry>> {
  return pageFrom(await askRows<PlatformEntry>(pool, AUDIT, [after?.at ?? null, after?.id ?? null]));
}
