import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Dutch. */
export const NL: Ga4Names = {
  name: 'Dutch',
  decimal: ',',
  total: 'Eindtotaal | Totaal | Totalen',
  unset: '(niet ingesteld) | (geen)',
  date: 'Datum',
  nthDay: 'N-de dag | Nde dag | Dag N',
  otherTime:
    'Uur | N-de uur | Nde uur | Minuut | Datum + uur (JJJJMMDDUU) | Dag | Dag van de week | Week | N-de week | Maand | N-de maand | Jaar | N-de jaar',
  source: 'Sessiebron | Sessie - bron | Bron van sessie | Bron',
  medium: 'Sessiemedium | Sessie - medium | Medium van sessie | Medium',
  sourceMedium:
    'Sessiebron/-medium | Sessiebron/medium | Sessie - bron/medium | Bron/medium van sessie | Bron/medium',
  campaign: 'Sessiecampagne | Sessie - campagne | Campagne van sessie | Campagne',
  term: 'Handmatige term van sessie | Sessie - handmatige term',
  content: 'Handmatige advertentiecontent van sessie | Sessie - handmatige advertentiecontent',
  channel:
    'Primaire kanaalgroep van sessie (standaardkanaalgroep) | Primaire kanaalgroep voor sessie (standaardkanaalgroep) | Primaire kanaalgroep van sessie | Standaardkanaalgroep voor sessies | Standaardkanaalgroep voor sessie | Standaardkanaalgroep van sessie | Standaard kanaalgroep van sessie | Standaardkanaalgroep',
  page: 'Paginapad en schermklasse | Paginapad en schermcategorie | Paginapad | Paginapad + queryreeks',
  landingPage:
    'Landingspagina | Bestemmingspagina | Landingspagina + queryreeks | Landingspagina + queryreeks van URL',
  hostname: 'Hostnaam',
  eventName: 'Gebeurtenisnaam | Naam van gebeurtenis',
  country: 'Land | Land-ID',
  region: 'Regio',
  city: 'Plaats | Stad',
  language: 'Taal | Taalcode',
  browser: 'Browser',
  system: 'Besturingssysteem',
  device: 'Apparaatcategorie',
  totalUsers: 'Totaal aantal gebruikers | Gebruikers',
  activeUsers: 'Actieve gebruikers',
  sessions: 'Sessies',
  engagedSessions: 'Betrokken sessies | Sessies met betrokkenheid',
  engagementRate: 'Betrokkenheidspercentage | Engagementpercentage',
  bounceRate: 'Bouncepercentage',
  duration: 'Gemiddelde sessieduur | Gem. sessieduur',
  views: 'Weergaven | Paginaweergaven',
  events: 'Aantal gebeurtenissen | Aantal events',
  leftOut:
    'Nieuwe gebruikers | Terugkerende gebruikers | Gebruikersbetrokkenheid | Gemiddelde engagementtijd | Gemiddelde engagementtijd per sessie | Gemiddelde engagementtijd per actieve gebruiker | Gemiddelde betrokkenheidstijd | Gemiddelde betrokkenheidstijd per sessie | Betrokken sessies per actieve gebruiker | Betrokken sessies per gebruiker | Sessies per actieve gebruiker | Sessies per gebruiker | Weergaven per actieve gebruiker | Weergaven per gebruiker | Weergaven per sessie | Gebeurtenissen per sessie | Aantal gebeurtenissen per actieve gebruiker | Aantal gebeurtenissen per gebruiker | Gebeurteniswaarde | Belangrijke gebeurtenissen | Percentage belangrijke gebeurtenissen per sessie | Conversies | Totale opbrengst | Totale inkomsten | Aankoopopbrengst | E-commerce-aankopen | Transacties | Totaal aantal kopers | Toegevoegd aan winkelwagen | Betalingen | Instappunten | Uitstappunten',
};
