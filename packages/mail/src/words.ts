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

/** Under every mail about a plan. */
const ABOUT_PLAN = {
  en: 'You get this mail because you may change the plan of this team.',
  de: 'Sie bekommen diese E-Mail, weil Sie den Tarif dieses Teams ändern dürfen.',
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
  plan_quota_near: {
    subject: '{team} has used 80 % of its plan this month',
    paragraphs: [
      'The plan {plan} of the team {team} includes {limit} events a month. {events} of them are used, and the month ends on {day}.',
      'More events are counted all the same. A single month above the plan costs nothing; if it happens two months in a row, a larger plan is needed.',
    ],
    button: 'See usage and plans',
    note: ABOUT_PLAN.en,
  },
  plan_quota_reached: {
    subject: '{team} has used all that its plan includes this month',
    paragraphs: [
      'The plan {plan} of the team {team} includes {limit} events a month; {events} were counted, and the month goes on until {day}.',
      'Nothing is lost: events are counted on, and reports stay open. A single month above the plan costs nothing; after two in a row a larger plan is needed.',
    ],
    button: 'See usage and plans',
    note: ABOUT_PLAN.en,
  },
  plan_over_once: {
    subject: '{team} was above its plan last month',
    paragraphs: [
      'In the month that ended on {day}, the team {team} has used more than the {limit} events of its plan {plan}. That is free, and nothing changes.',
      'If the next month is above the plan as well, you hear from us, and have a week to choose a larger one.',
    ],
    button: 'See usage and plans',
    note: ABOUT_PLAN.en,
  },
  plan_over_twice: {
    subject: '{team} needs a larger plan by {day}',
    paragraphs: [
      'For two months in a row the team {team} has used more than the {limit} events that its plan {plan} includes. Please choose a plan that fits.',
      'If nothing is changed by {day}, reports are locked until it is. Events are counted in any case, and nothing is deleted.',
    ],
    button: 'Choose a plan',
    note: ABOUT_PLAN.en,
  },
  payment_failed: {
    subject: 'A payment for {team} has failed',
    paragraphs: [
      'The payment for the plan {plan} of the team {team} did not go through. It is tried again by itself; please see that the card or account is right.',
      'Everything goes on as it is until {day}. Reports are locked after that, while events are counted all the same.',
    ],
    button: 'See payment and invoices',
    note: ABOUT_PLAN.en,
  },
  payment_failed_again: {
    subject: 'The payment for {team} is still open',
    paragraphs: [
      'For a week the payment for the plan {plan} of the team {team} has not gone through. Please add another card or account.',
      'Reports are locked on {day} if nothing is paid by then. Events are counted in any case.',
    ],
    button: 'See payment and invoices',
    note: ABOUT_PLAN.en,
  },
  payment_failed_last: {
    subject: 'The reports of {team} are locked on {day}',
    paragraphs: [
      'The payment for the plan {plan} of the team {team} is still open. On {day} reports are locked, unless it is paid before.',
      'Events are counted on, and as soon as it is paid everything is here again.',
    ],
    button: 'Pay now',
    note: ABOUT_PLAN.en,
  },
  reports_locked: {
    subject: 'The reports of {team} are locked',
    paragraphs: [
      'The reports of the team {team} and their API are locked since {day}, because its plan {plan} is not paid or has been too small for two months.',
      'Events are counted all the same, and nothing is deleted: as soon as it is settled, everything is here again.',
    ],
    button: 'Settle it',
    note: ABOUT_PLAN.en,
  },
  payment_received: {
    subject: 'The payment for {team} has arrived',
    paragraphs: [
      'Thank you: the plan {plan} of the team {team} is paid, and everything is as it was. What was counted meanwhile is in the reports.',
    ],
    button: 'See plan and invoices',
    note: ABOUT_PLAN.en,
  },
  trial_ending: {
    subject: 'The trial of {team} ends on {day}',
    paragraphs: [
      'The team {team} tries the plan {plan} until {day}. Choose a plan by then, and everything goes on as it is.',
      'Without one nothing is charged. What happens then is on the page of your plan.',
    ],
    button: 'Choose a plan',
    note: ABOUT_PLAN.en,
  },
  trial_ended: {
    subject: 'The trial of {team} has ended',
    paragraphs: [
      'The trial of the team {team} ended on {day}, and nothing was charged. Events are counted on.',
      'Choose a plan, and everything is as it was: nothing was deleted.',
    ],
    button: 'Choose a plan',
    note: ABOUT_PLAN.en,
  },
  subscription_cancelled: {
    subject: 'The plan of {team} ends on {day}',
    paragraphs: [
      'The plan {plan} of the team {team} was cancelled. It goes on until {day}, and nothing is charged after that.',
      'Until then it can be undone on the page of your plan.',
    ],
    button: 'See or undo it',
    note: ABOUT_PLAN.en,
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
  plan_quota_near: {
    subject: '{team} hat 80 % des Monats verbraucht',
    paragraphs: [
      'Der Tarif {plan} des Teams {team} enthält {limit} Ereignisse im Monat. {events} davon sind verbraucht, und der Monat endet am {day}.',
      'Weitere Ereignisse werden trotzdem gezählt. Ein einzelner Monat über dem Tarif kostet nichts; sind es zwei hintereinander, ist ein größerer Tarif nötig.',
    ],
    button: 'Verbrauch und Tarife ansehen',
    note: ABOUT_PLAN.de,
  },
  plan_quota_reached: {
    subject: '{team} hat verbraucht, was der Tarif im Monat enthält',
    paragraphs: [
      'Der Tarif {plan} des Teams {team} enthält {limit} Ereignisse im Monat; gezählt wurden {events}, und der Monat dauert noch bis zum {day}.',
      'Es geht nichts verloren: Ereignisse werden weiter gezählt, und die Berichte bleiben offen. Ein einzelner Monat über dem Tarif kostet nichts; nach zweien hintereinander ist ein größerer Tarif nötig.',
    ],
    button: 'Verbrauch und Tarife ansehen',
    note: ABOUT_PLAN.de,
  },
  plan_over_once: {
    subject: '{team} lag im letzten Monat über dem Tarif',
    paragraphs: [
      'Im Monat, der am {day} endete, hat das Team {team} mehr als die {limit} Ereignisse seines Tarifs {plan} verbraucht. Das ist kostenlos, und es ändert sich nichts.',
      'Liegt auch der nächste Monat über dem Tarif, hören Sie von uns und haben eine Woche Zeit, einen größeren zu wählen.',
    ],
    button: 'Verbrauch und Tarife ansehen',
    note: ABOUT_PLAN.de,
  },
  plan_over_twice: {
    subject: '{team} braucht bis zum {day} einen größeren Tarif',
    paragraphs: [
      'Zwei Monate hintereinander hat das Team {team} mehr als die {limit} Ereignisse verbraucht, die sein Tarif {plan} enthält. Bitte wählen Sie einen Tarif, der passt.',
      'Ändert sich bis zum {day} nichts, werden die Berichte gesperrt, bis es so weit ist. Ereignisse werden in jedem Fall gezählt, und nichts wird gelöscht.',
    ],
    button: 'Tarif wählen',
    note: ABOUT_PLAN.de,
  },
  payment_failed: {
    subject: 'Eine Zahlung für {team} ist fehlgeschlagen',
    paragraphs: [
      'Die Zahlung für den Tarif {plan} des Teams {team} ist nicht gelungen. Sie wird von selbst noch einmal versucht; bitte prüfen Sie, ob Karte oder Konto stimmen.',
      'Bis zum {day} geht alles weiter wie bisher. Danach werden die Berichte gesperrt, Ereignisse werden trotzdem gezählt.',
    ],
    button: 'Zahlung und Rechnungen ansehen',
    note: ABOUT_PLAN.de,
  },
  payment_failed_again: {
    subject: 'Die Zahlung für {team} ist noch offen',
    paragraphs: [
      'Seit einer Woche gelingt die Zahlung für den Tarif {plan} des Teams {team} nicht. Bitte hinterlegen Sie eine andere Karte oder ein anderes Konto.',
      'Am {day} werden die Berichte gesperrt, wenn bis dahin nicht bezahlt ist. Ereignisse werden in jedem Fall gezählt.',
    ],
    button: 'Zahlung und Rechnungen ansehen',
    note: ABOUT_PLAN.de,
  },
  payment_failed_last: {
    subject: 'Am {day} werden die Berichte von {team} gesperrt',
    paragraphs: [
      'Die Zahlung für den Tarif {plan} des Teams {team} ist noch offen. Am {day} werden die Berichte gesperrt, wenn nicht vorher bezahlt wird.',
      'Ereignisse werden weiter gezählt, und sobald bezahlt ist, ist alles wieder da.',
    ],
    button: 'Jetzt bezahlen',
    note: ABOUT_PLAN.de,
  },
  reports_locked: {
    subject: 'Die Berichte von {team} sind gesperrt',
    paragraphs: [
      'Die Berichte des Teams {team} und ihre API sind seit dem {day} gesperrt, weil sein Tarif {plan} nicht bezahlt oder zwei Monate lang zu klein war.',
      'Ereignisse werden trotzdem gezählt, und nichts wird gelöscht: Sobald es geklärt ist, ist alles wieder da.',
    ],
    button: 'Jetzt klären',
    note: ABOUT_PLAN.de,
  },
  payment_received: {
    subject: 'Die Zahlung für {team} ist angekommen',
    paragraphs: [
      'Vielen Dank: Der Tarif {plan} des Teams {team} ist bezahlt, und alles ist, wie es war. Was inzwischen gezählt wurde, steht in den Berichten.',
    ],
    button: 'Tarif und Rechnungen ansehen',
    note: ABOUT_PLAN.de,
  },
  trial_ending: {
    subject: 'Die Testphase von {team} endet am {day}',
    paragraphs: [
      'Das Team {team} testet den Tarif {plan} bis zum {day}. Wählen Sie bis dahin einen Tarif, dann geht alles weiter wie bisher.',
      'Ohne einen Tarif wird nichts berechnet. Was dann geschieht, steht auf der Seite zu Ihrem Tarif.',
    ],
    button: 'Tarif wählen',
    note: ABOUT_PLAN.de,
  },
  trial_ended: {
    subject: 'Die Testphase von {team} ist zu Ende',
    paragraphs: [
      'Die Testphase des Teams {team} endete am {day}; berechnet wurde nichts. Ereignisse werden weiter gezählt.',
      'Wählen Sie einen Tarif, dann ist alles, wie es war: Gelöscht wurde nichts.',
    ],
    button: 'Tarif wählen',
    note: ABOUT_PLAN.de,
  },
  subscription_cancelled: {
    subject: 'Der Tarif von {team} endet am {day}',
    paragraphs: [
      'Der Tarif {plan} des Teams {team} wurde gekündigt. Er läuft bis zum {day}, danach wird nichts mehr berechnet.',
      'Bis dahin lässt sich das auf der Seite zu Ihrem Tarif rückgängig machen.',
    ],
    button: 'Ansehen oder rückgängig machen',
    note: ABOUT_PLAN.de,
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
