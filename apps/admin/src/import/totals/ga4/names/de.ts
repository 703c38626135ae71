import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in German. */
export const DE: Ga4Names = {
  name: 'German',
  decimal: ',',
  total: 'Gesamtsumme | Summe | Summen | Gesamt | Insgesamt',
  unset: '(nicht festgelegt) | (nicht verfügbar)',
  date: 'Datum',
  nthDay: 'N-ter Tag | Nter Tag | Tag N',
  otherTime:
    'Stunde | N-te Stunde | Minute | Datum + Stunde (JJJJMMTTHH) | Tag | Wochentag | Name des Wochentags | Woche | N-te Woche | ISO-Woche | ISO-Jahr | Monat | N-ter Monat | Jahr | N-tes Jahr',
  source: 'Sitzung - Quelle | Quelle',
  medium: 'Sitzung - Medium | Medium',
  sourceMedium: 'Sitzung - Quelle/Medium | Quelle/Medium',
  campaign: 'Sitzung - Kampagne | Kampagne',
  term: 'Sitzung - Manueller Begriff',
  content: 'Sitzung - Manueller Anzeigeninhalt',
  channel:
    'Sitzung - primäre Channelgruppe (Standard-Channelgruppe) | Sitzung - primäre Channelgruppe | Sitzung - Standard-Channelgruppe | Sitzung - Standardchannelgruppe | Standard-Channelgruppe | Standard-Channelgruppierung',
  page: 'Seitenpfad und Bildschirmklasse | Seitenpfad | Seitenpfad + Abfragestring',
  landingPage: 'Landingpage | Landingpage + Abfragestring | Zielseite',
  hostname: 'Hostname',
  eventName: 'Ereignisname | Name des Ereignisses',
  country: 'Land | Länder-ID',
  region: 'Region',
  city: 'Stadt | Ort',
  language: 'Sprache | Sprachcode',
  browser: 'Browser',
  system: 'Betriebssystem',
  device: 'Gerätekategorie',
  totalUsers: 'Nutzer insgesamt | Gesamtzahl der Nutzer | Gesamtnutzerzahl | Nutzer',
  activeUsers: 'Aktive Nutzer',
  sessions: 'Sitzungen',
  engagedSessions: 'Sitzungen mit Interaktionen | Sitzungen mit Interaktion',
  engagementRate: 'Engagement-Rate | Interaktionsrate',
  bounceRate: 'Absprungrate',
  duration: 'Durchschnittliche Sitzungsdauer | Durchschn. Sitzungsdauer',
  views: 'Aufrufe | Seitenaufrufe | Bildschirm- und Seitenaufrufe',
  events: 'Ereignisanzahl | Anzahl der Ereignisse',
  leftOut:
    'Neue Nutzer | Wiederkehrende Nutzer | Nutzerinteraktion | Durchschnittliche Interaktionsdauer | Durchschnittliche Interaktionsdauer pro Sitzung | Durchschn. Interaktionsdauer pro Sitzung | Durchschnittliche Interaktionsdauer pro aktivem Nutzer | Sitzungen mit Interaktionen pro aktivem Nutzer | Sitzungen pro aktivem Nutzer | Sitzungen pro Nutzer | Aufrufe pro aktivem Nutzer | Aufrufe pro Nutzer | Aufrufe pro Sitzung | Ereignisse pro Sitzung | Ereignisanzahl pro aktivem Nutzer | Ereignisanzahl pro Nutzer | Ereigniswert | Schlüsselereignisse | Sitzung - Schlüsselereignisrate | Nutzer - Schlüsselereignisrate | Conversions | Gesamtumsatz | Kaufumsatz | E-Commerce-Käufe | Transaktionen | Käufer insgesamt | In den Einkaufswagen | Bezahlvorgänge | Einstiege | Ausstiege',
};
