const HOUR_MS = 3_600_000;

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
