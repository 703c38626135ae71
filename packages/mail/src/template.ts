const HOUR_MS = 3_600_000;

/** Of a team's plan: what it is called, what it includes a month, and a day that the mail is about; as the reader writes numbers and days. */
type PlanFacts = { team: string; plan: string; events: string; limit: string; day: string };

/** What each kind of mail says besides its words. Texts of others, such as the name of a team, are shown by `harmless.ts` alone. */
export type MailFacts = {
  verify_email: { token: string };
  reset_password: { token: string };
  invitation: { token: string; team: string; inviter: string };
  sign_in_link: { token: string };
  prove_link: { token: string };
  change_email: { token: string };
  email_change_asked: { email: string };
  password_changed: Record<never, never>;
  account_exists: Record<never, never>;
  second_factor_added: Record<never, never>;
  second_factor_removed: Record<never, never>;
  recovery_code_used: Record<never, never>;
  new_sign_in: { browser: string };
  passkey_added: { passkey: string };
  passkey_removed: { passkey: string };
  team_deleted: { team: string; person: string; day: string };
  team_kept: { team: string; person: string };
  team_transferred: { team: string; person: string; heir: string };
  account_deleted: Record<never, never>;
  plan_quota_near: PlanFacts;
  plan_quota_reached: PlanFacts;
  plan_over_once: PlanFacts;
  plan_over_twice: PlanFacts;
  payment_failed: PlanFacts;
  payment_failed_again: PlanFacts;
  payment_failed_last: PlanFacts;
  reports_locked: PlanFacts;
  payment_received: PlanFacts;
  trial_ending: PlanFacts;
  trial_ended: PlanFacts;
  subscription_cancelled: PlanFacts;
  webhook_off: { host: string; days: string };
};

export type TemplateName = keyof MailFacts;

export type Template<Name extends TemplateName> = {
  /** The page that its button leads to. */
  findPath(facts: MailFacts[Name]): string;
  /** Whoever knows an address can have it sent there: such mails are limited, see limits.ts. */
  isAskedByStrangers: boolean;
  /** It is given up when it could not be sent for so long, milliseconds: a link that is over helps nobody. */
  giveUpMs: number;
};

/** The longest that mail servers are tried again, as other mail servers do. */
const GIVE_UP_MS = 48 * HOUR_MS;

/** Something about the ways into somebody's account was changed: they are told, and find it on their page. */
const ACCOUNT_CHANGED = {
  findPath: () => '/account',
  isAskedByStrangers: false,
  giveUpMs: GIVE_UP_MS,
} as const;

/** Something about a team's plan or payments: the button leads to where it can be changed. */
const ABOUT_PLAN = {
  findPath: () => '/billing',
  isAskedByStrangers: false,
  giveUpMs: GIVE_UP_MS,
} as const;

/** Every kind of mail; its words are in words.ts. */
export const TEMPLATES: { readonly [Name in TemplateName]: Template<Name> } = {
  verify_email: {
    findPath: ({ token }) => `/verify-email?token=${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: 24 * HOUR_MS,
  },
  reset_password: {
    findPath: ({ token }) => `/reset-password?token=${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: HOUR_MS,
  },
  invitation: {
    findPath: ({ token }) => `/invitations/${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: GIVE_UP_MS,
  },
  sign_in_link: {
    findPath: ({ token }) => `/sign-in-link?token=${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: HOUR_MS / 4,
  },
  prove_link: {
    findPath: ({ token }) => `/prove?token=${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: HOUR_MS / 4,
  },
  change_email: {
    findPath: ({ token }) => `/change-email?token=${encodeURIComponent(token)}`,
    isAskedByStrangers: true,
    giveUpMs: 24 * HOUR_MS,
  },
  email_change_asked: ACCOUNT_CHANGED,
  password_changed: {
    findPath: () => '/forgot-password',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
  account_exists: {
    findPath: () => '/forgot-password',
    isAskedByStrangers: true,
    giveUpMs: GIVE_UP_MS,
  },
  second_factor_added: ACCOUNT_CHANGED,
  second_factor_removed: ACCOUNT_CHANGED,
  recovery_code_used: ACCOUNT_CHANGED,
  new_sign_in: ACCOUNT_CHANGED,
  passkey_added: ACCOUNT_CHANGED,
  passkey_removed: ACCOUNT_CHANGED,
  team_deleted: {
    findPath: () => '/team/deleted',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
  team_kept: {
    findPath: () => '/',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
  team_transferred: {
    findPath: () => '/team',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
  account_deleted: {
    findPath: () => '/',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
  plan_quota_near: ABOUT_PLAN,
  plan_quota_reached: ABOUT_PLAN,
  plan_over_once: ABOUT_PLAN,
  plan_over_twice: ABOUT_PLAN,
  payment_failed: ABOUT_PLAN,
  payment_failed_again: ABOUT_PLAN,
  payment_failed_last: ABOUT_PLAN,
  reports_locked: ABOUT_PLAN,
  payment_received: ABOUT_PLAN,
  trial_ending: ABOUT_PLAN,
  trial_ended: ABOUT_PLAN,
  subscription_cancelled: ABOUT_PLAN,
  webhook_off: {
    findPath: () => '/webhooks',
    isAskedByStrangers: false,
    giveUpMs: GIVE_UP_MS,
  },
};

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

/** The template of this name; undefined for a text that names none. */
export const findTemplate = (name: string): Template<TemplateName> | undefined =>
  Object.hasOwn(TEMPLATES, name) ? (TEMPLATES[name as TemplateName] as Template<TemplateName>) : undefined;
