import type { TemplateName } from './template.ts';

export const MAIL_LOCALES = ['en', 'de'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** The language of mails that a text names; English for any other. */
export const mailLocale = (text: string | null): MailLocale =>
  MAIL_LOCALES.find((locale) => locale === text) ?? 'en';

/** What a mail says. `{team}` and the like are facts of it. */
export type MailWords = {
  subject: string;
  /** What has happened and what is to do, a paragraph each. */
  paragraphs: readonly string[];
  button: string;
  /** What to know besides: how long the link is valid, what to do for whoever did not ask. */
  note: string;
};

type LocaleWords = Readonly<Record<TemplateName, MailWords>> & {
  /** Above the address of the button's page, for whom the button does not work. */
  address: string;
};

const EN: LocaleWords = {
  address: 'If the button does not work, open this address:',
  verify_email: {
    subject: 'Confirm your email address',
    paragraphs: [
      'An account was created on Footfall with this email address.',
      'Confirm that the address is yours. Then you can get your password back by mail.',
    ],
    button: 'Confirm address',
    note: 'The link works once, for 24 hours. If you did not create an account, ignore this mail.',
  },
  reset_password: {
    subject: 'Set a new password',
    paragraphs: [
      'Somebody asked for a new password for your account. Set it on the page behind this button.',
    ],
    button: 'Set a new password',
    note: 'The link works once, for one hour. If you did not ask for it, ignore this mail: your password stays as it is.',
  },
  invitation: {
    subject: 'You are invited to {team}',
    paragraphs: [
      '{inviter} invites you to the team {team} on Footfall.',
      'In a team you see the reports of its sites.',
    ],
    button: 'See the invitation',
    note: 'If you do not know who this is, ignore this mail.',
  },
  sign_in_link: {
    subject: 'Your link to sign in',
    paragraphs: ['Sign in with this button, in the browser in which you asked for it.'],
    button: 'Sign in',
    note: 'The link works once, for one hour. If you did not ask for it, ignore this mail. Do not pass it on.',
  },
  password_changed: {
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your account was changed. All other browsers were signed out.',
      'If that was you, there is nothing to do. If it was not, set a new password now.',
    ],
    button: 'Set a new password',
    note: 'You get this mail whenever the password of your account changes.',
  },
  account_exists: {
    subject: 'You already have an account',
    paragraphs: [
      'Somebody tried to create an account with your email address. You already have one, and nothing was changed.',
      'If that was you, sign in with your password, or set a new one.',
    ],
    button: 'Set a new password',
    note: 'If it was not you, ignore this mail.',
  },
  team_deleted: {
    subject: '{team} is being deleted',
    paragraphs: [
      '{person} has asked to delete the team {team}. Nothing of it is shown any more, and its sites take no events.',
      'Until {day} every owner can undo it. Then everything is deleted for good: events, reports, sites and settings.',
    ],
    button: 'See or undo it',
    note: 'You get this mail because you are an owner of the team.',
  },
  team_kept: {
    subject: '{team} is not deleted',
    paragraphs: ['{person} has undone the deletion of the team {team}. All is as it was.'],
    button: 'Open Footfall',
    note: 'You get this mail because you are an owner of the team.',
  },
  team_transferred: {
    subject: '{team} has another owner',
    paragraphs: [
      '{person} has handed the team {team} over to {heir}, who is its owner now. {person} is an admin.',
    ],
    button: 'See the team',
    note: 'You get this mail because you are one of the two. If this is wrong, talk to each other at once.',
  },
  account_deleted: {
    subject: 'Your account is deleted',
    paragraphs: [
      'Your account on Footfall was deleted, with your sessions, your second factors and your rights in teams.',
      'If that was not you, tell whoever runs this installation: it cannot be undone.',
    ],
    button: 'Open Footfall',
    note: 'This is the last mail that this account sends you.',
  },
};

const DE: LocaleWords = {
  address: 'Wenn die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:',
  verify_email: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    paragraphs: [
      'Mit dieser E-Mail-Adresse wurde ein Konto bei Footfall angelegt.',
      'Bestätigen Sie, dass es Ihre Adresse ist. Danach können Sie Ihr Passwort per E-Mail zurücksetzen.',
    ],
    button: 'Adresse bestätigen',
    note: 'Der Link gilt einmal und 24 Stunden lang. Wenn Sie kein Konto angelegt haben, ignorieren Sie diese E-Mail.',
  },
  reset_password: {
    subject: 'Neues Passwort setzen',
    paragraphs: [
      'Jemand hat ein neues Passwort für Ihr Konto angefordert. Setzen Sie es auf der Seite hinter dieser Schaltfläche.',
    ],
    button: 'Neues Passwort setzen',
    note: 'Der Link gilt einmal und eine Stunde lang. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.',
  },
  invitation: {
    subject: 'Sie sind zu {team} eingeladen',
    paragraphs: [
      '{inviter} lädt Sie in das Team {team} bei Footfall ein.',
      'In einem Team sehen Sie die Berichte seiner Shops.',
    ],
    button: 'Einladung ansehen',
    note: 'Wenn Sie nicht wissen, wer das ist, ignorieren Sie diese E-Mail.',
  },
  sign_in_link: {
    subject: 'Ihr Link zur Anmeldung',
    paragraphs: [
      'Melden Sie sich mit dieser Schaltfläche an, in dem Browser, in dem Sie den Link angefordert haben.',
    ],
    button: 'Anmelden',
    note: 'Der Link gilt einmal und eine Stunde lang. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail. Geben Sie ihn nicht weiter.',
  },
  password_changed: {
    subject: 'Ihr Passwort wurde geändert',
    paragraphs: [
      'Das Passwort Ihres Kontos wurde geändert. Alle anderen Browser wurden abgemeldet.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, setzen Sie jetzt ein neues Passwort.',
    ],
    button: 'Neues Passwort setzen',
    note: 'Diese E-Mail kommt immer, wenn sich das Passwort Ihres Kontos ändert.',
  },
  account_exists: {
    subject: 'Sie haben schon ein Konto',
    paragraphs: [
      'Jemand wollte mit Ihrer E-Mail-Adresse ein Konto anlegen. Sie haben schon eines, und nichts wurde geändert.',
      'Wenn Sie das waren, melden Sie sich mit Ihrem Passwort an, oder setzen Sie ein neues.',
    ],
    button: 'Neues Passwort setzen',
    note: 'Wenn Sie es nicht waren, ignorieren Sie diese E-Mail.',
  },
  team_deleted: {
    subject: '{team} wird gelöscht',
    paragraphs: [
      '{person} hat verlangt, das Team {team} zu löschen. Nichts davon ist mehr zu sehen, und seine Shops nehmen keine Ereignisse an.',
      'Bis {day} kann jeder Inhaber es rückgängig machen. Danach wird alles endgültig gelöscht: Ereignisse, Berichte, Shops und Einstellungen.',
    ],
    button: 'Ansehen oder rückgängig machen',
    note: 'Sie bekommen diese E-Mail, weil Sie Inhaber des Teams sind.',
  },
  team_kept: {
    subject: '{team} wird nicht gelöscht',
    paragraphs: ['{person} hat das Löschen des Teams {team} rückgängig gemacht. Alles ist wie zuvor.'],
    button: 'Footfall öffnen',
    note: 'Sie bekommen diese E-Mail, weil Sie Inhaber des Teams sind.',
  },
  team_transferred: {
    subject: '{team} hat einen anderen Inhaber',
    paragraphs: [
      '{person} hat das Team {team} an {heir} übergeben und gehört jetzt zur Verwaltung. Inhaber ist {heir}.',
    ],
    button: 'Das Team ansehen',
    note: 'Sie bekommen diese E-Mail, weil Sie einer der beiden sind. Wenn das nicht stimmt, sprechen Sie sofort miteinander.',
  },
  account_deleted: {
    subject: 'Ihr Konto ist gelöscht',
    paragraphs: [
      'Ihr Konto bei Footfall wurde gelöscht, mit Ihren Sitzungen, Ihren zweiten Faktoren und Ihren Rechten in Teams.',
      'Wenn Sie das nicht waren, sagen Sie es dem Betreiber dieser Installation: Es lässt sich nicht rückgängig machen.',
    ],
    button: 'Footfall öffnen',
    note: 'Dies ist die letzte E-Mail dieses Kontos an Sie.',
  },
};

export const MAIL_WORDS: Readonly<Record<MailLocale, LocaleWords>> = { en: EN, de: DE };
