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
    note: 'The link works once, for 15 minutes. In another browser it asks for your password or second factor as well. If you did not ask for it, ignore this mail. Do not pass it on.',
  },
  prove_link: {
    subject: 'Confirm that it is you',
    paragraphs: [
      'Something in your account needs a fresh proof that it is you. Confirm it with this button, in the browser in which you are signed in.',
    ],
    button: 'Confirm',
    note: 'The link works once, for 15 minutes. If you did not ask for it, somebody else uses your account: sign them out on your account’s page.',
  },
  change_email: {
    subject: 'Confirm your new email address',
    paragraphs: [
      'Somebody wants to use this address for their account on Footfall.',
      'Confirm that the address is yours. From then on you sign in with it.',
    ],
    button: 'Confirm address',
    note: 'The link works once, for 24 hours. If you did not ask for it, ignore this mail.',
  },
  email_change_asked: {
    subject: 'Your account is to get another email address',
    paragraphs: [
      'Somebody who is signed in to your account asked for another address: {email}. It holds once the link in the mail to that address was used.',
      'If that was you, there is nothing to do here. If it was not, set a new password now: that ends the link.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever another address is asked for.',
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
  second_factor_added: {
    subject: 'A second factor was added to your account',
    paragraphs: [
      'From now on, signing in to your account asks for a code of an authenticator app after the password. All other browsers were signed out.',
      'If that was you, there is nothing to do. If it was not, set a new password and ask whoever runs this installation to remove the app.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever a second factor is added or removed.',
  },
  second_factor_removed: {
    subject: 'A second factor was removed from your account',
    paragraphs: [
      'Signing in to your account does not ask for a code of your authenticator app any more. All other browsers were signed out.',
      'If that was you, there is nothing to do. If it was not, set a new password and set the app up again.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever a second factor is added or removed.',
  },
  recovery_code_used: {
    subject: 'A recovery code was used',
    paragraphs: [
      'Somebody signed in to your account with one of your recovery codes. It does not work a second time.',
      'If that was you, there is nothing to do. If it was not, sign them out on your account’s page, set a new password and make new recovery codes.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever a recovery code is used.',
  },
  new_sign_in: {
    subject: 'Your account was signed in to from a new browser',
    paragraphs: [
      'Somebody signed in to your account from a browser that it did not know: {browser}.',
      'If that was you, there is nothing to do. If it was not, sign them out on your account’s page and set a new password.',
    ],
    button: 'See your account',
    note: 'You get this mail when a browser signs in for the first time, or when its cookies were deleted.',
  },
  passkey_added: {
    subject: 'A passkey was added to your account',
    paragraphs: [
      'The passkey “{passkey}” was added to your account. It signs in without your password. All other browsers were signed out.',
      'If that was you, there is nothing to do. If it was not, remove it on your account’s page and set a new password.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever a passkey is added or removed.',
  },
  passkey_removed: {
    subject: 'A passkey was removed from your account',
    paragraphs: [
      'The passkey “{passkey}” was removed from your account and signs nobody in any more. All other browsers were signed out.',
      'If that was you, there is nothing to do. If it was not, set a new password and look through your account’s page.',
    ],
    button: 'See your account',
    note: 'You get this mail whenever a passkey is added or removed.',
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
  webhook_off: {
    subject: 'A webhook to {host} was switched off',
    paragraphs: [
      'For {days} days nothing of what your team’s webhook sends has arrived at {host}. It was switched off and is told nothing more.',
      'When the server answers again, switch the webhook on. What waits, and what happens from then on, is sent; the page shows what the last tries were answered.',
    ],
    button: 'See the webhooks',
    note: 'You get this mail because you are an owner of the team.',
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
    note: 'Der Link gilt einmal und 15 Minuten lang. In einem anderen Browser fragt er auch nach Ihrem Passwort oder zweiten Faktor. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail. Geben Sie ihn nicht weiter.',
  },
  prove_link: {
    subject: 'Bestätigen Sie, dass Sie es sind',
    paragraphs: [
      'Etwas in Ihrem Konto braucht eine frische Bestätigung, dass Sie es sind. Bestätigen Sie es mit dieser Schaltfläche, in dem Browser, in dem Sie angemeldet sind.',
    ],
    button: 'Bestätigen',
    note: 'Der Link gilt einmal und 15 Minuten lang. Wenn Sie ihn nicht angefordert haben, benutzt jemand anderes Ihr Konto: Melden Sie ihn auf der Seite Ihres Kontos ab.',
  },
  change_email: {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    paragraphs: [
      'Jemand möchte diese Adresse für sein Konto bei Footfall benutzen.',
      'Bestätigen Sie, dass es Ihre Adresse ist. Von da an melden Sie sich mit ihr an.',
    ],
    button: 'Adresse bestätigen',
    note: 'Der Link gilt einmal und 24 Stunden lang. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail.',
  },
  email_change_asked: {
    subject: 'Ihr Konto soll eine andere E-Mail-Adresse bekommen',
    paragraphs: [
      'Jemand, der an Ihrem Konto angemeldet ist, hat eine andere Adresse dafür angefordert: {email}. Sie gilt, sobald der Link in der E-Mail an diese Adresse benutzt wurde.',
      'Wenn Sie das waren, ist hier nichts zu tun. Wenn nicht, setzen Sie jetzt ein neues Passwort: Damit gilt der Link nicht mehr.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn eine andere Adresse angefordert wird.',
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
  second_factor_added: {
    subject: 'Ihr Konto hat einen zweiten Faktor bekommen',
    paragraphs: [
      'Von jetzt an fragt die Anmeldung an Ihrem Konto nach dem Passwort auch nach einem Code aus einer Authenticator-App. Alle anderen Browser wurden abgemeldet.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, setzen Sie ein neues Passwort und bitten Sie den Betreiber dieser Installation, die App zu entfernen.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn ein zweiter Faktor hinzugefügt oder entfernt wird.',
  },
  second_factor_removed: {
    subject: 'Ein zweiter Faktor wurde aus Ihrem Konto entfernt',
    paragraphs: [
      'Die Anmeldung an Ihrem Konto fragt nicht mehr nach einem Code aus Ihrer Authenticator-App. Alle anderen Browser wurden abgemeldet.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, setzen Sie ein neues Passwort und richten Sie die App wieder ein.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn ein zweiter Faktor hinzugefügt oder entfernt wird.',
  },
  recovery_code_used: {
    subject: 'Ein Wiederherstellungscode wurde benutzt',
    paragraphs: [
      'Jemand hat sich mit einem Ihrer Wiederherstellungscodes an Ihrem Konto angemeldet. Ein zweites Mal gilt er nicht.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, melden Sie die Person auf der Seite Ihres Kontos ab, setzen Sie ein neues Passwort und machen Sie neue Wiederherstellungscodes.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn ein Wiederherstellungscode benutzt wird.',
  },
  new_sign_in: {
    subject: 'Anmeldung an Ihrem Konto mit einem neuen Browser',
    paragraphs: [
      'Jemand hat sich mit einem Browser an Ihrem Konto angemeldet, den es nicht kannte: {browser}.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, melden Sie die Person auf der Seite Ihres Kontos ab und setzen Sie ein neues Passwort.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt, wenn ein Browser sich zum ersten Mal anmeldet oder seine Cookies gelöscht wurden.',
  },
  passkey_added: {
    subject: 'Ein Passkey wurde zu Ihrem Konto hinzugefügt',
    paragraphs: [
      'Der Passkey „{passkey}“ wurde zu Ihrem Konto hinzugefügt. Mit ihm meldet man sich ohne Ihr Passwort an. Alle anderen Browser wurden abgemeldet.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, entfernen Sie ihn auf der Seite Ihres Kontos und setzen Sie ein neues Passwort.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn ein Passkey hinzugefügt oder entfernt wird.',
  },
  passkey_removed: {
    subject: 'Ein Passkey wurde aus Ihrem Konto entfernt',
    paragraphs: [
      'Der Passkey „{passkey}“ wurde aus Ihrem Konto entfernt und meldet niemanden mehr an. Alle anderen Browser wurden abgemeldet.',
      'Wenn Sie das waren, ist nichts zu tun. Wenn nicht, setzen Sie ein neues Passwort und sehen Sie die Seite Ihres Kontos durch.',
    ],
    button: 'Zu Ihrem Konto',
    note: 'Diese E-Mail kommt immer, wenn ein Passkey hinzugefügt oder entfernt wird.',
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
  webhook_off: {
    subject: 'Ein Webhook an {host} wurde abgeschaltet',
    paragraphs: [
      'Seit {days} Tagen ist von dem, was der Webhook Ihres Teams sendet, nichts bei {host} angekommen. Er wurde abgeschaltet und erfährt nichts mehr.',
      'Wenn der Server wieder antwortet, schalten Sie den Webhook ein. Was wartet und was von da an geschieht, wird gesendet; die Seite zeigt, was auf die letzten Versuche geantwortet wurde.',
    ],
    button: 'Zu den Webhooks',
    note: 'Sie bekommen diese E-Mail, weil Sie Inhaber des Teams sind.',
  },
};

export const MAIL_WORDS: Readonly<Record<MailLocale, LocaleWords>> = { en: EN, de: DE };
