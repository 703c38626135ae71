import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Italian. */
export const IT: Ga4Names = {
  name: 'Italian',
  decimal: ',',
  total: 'Totale complessivo | Totale generale | Totali | Totale',
  unset: '(non impostato) | (non impostata) | (nessuno)',
  date: 'Data',
  nthDay: 'Ennesimo giorno | N-esimo giorno | Giorno N',
  otherTime:
    'Ora | Ennesima ora | N-esima ora | Minuto | Data + ora (AAAAMMGGHH) | Giorno | Giorno della settimana | Settimana | Ennesima settimana | Mese | Ennesimo mese | Anno | Ennesimo anno',
  source: 'Sorgente sessione | Sorgente della sessione | Sorgente',
  medium: 'Mezzo sessione | Mezzo della sessione | Mezzo',
  sourceMedium: 'Sorgente/mezzo sessione | Sorgente/mezzo della sessione | Sorgente/mezzo',
  campaign: 'Campagna sessione | Campagna della sessione | Campagna',
  term: 'Termine manuale sessione | Termine manuale della sessione',
  content: 'Contenuto annuncio manuale sessione | Contenuto annuncio manuale della sessione',
  channel:
    'Gruppo di canali principale della sessione (Gruppo di canali predefinito) | Gruppo di canali principale della sessione | Gruppo di canali predefinito sessione | Gruppo di canali predefinito della sessione | Gruppo di canali predefinito',
  page: 'Percorso pagina e classe schermata | Percorso pagina | Percorso pagina + stringa di query',
  landingPage:
    'Pagina di destinazione | Pagina di destinazione + stringa di query | Pagina di destinazione e stringa di query',
  hostname: 'Nome host',
  eventName: 'Nome evento | Nome dell’evento',
  country: 'Paese | ID Paese',
  region: 'Regione',
  city: 'Città',
  language: 'Lingua | Codice lingua',
  browser: 'Browser',
  system: 'Sistema operativo',
  device: 'Categoria dispositivo | Categoria di dispositivo',
  totalUsers: 'Utenti totali | Totale utenti | Utenti',
  activeUsers: 'Utenti attivi',
  sessions: 'Sessioni',
  engagedSessions: 'Sessioni con coinvolgimento',
  engagementRate: 'Tasso di coinvolgimento',
  bounceRate: 'Frequenza di rimbalzo',
  duration: 'Durata media della sessione | Durata media sessione | Durata sessione media',
  views: 'Visualizzazioni | Visualizzazioni di pagina',
  events: 'Conteggio eventi',
  leftOut:
    'Nuovi utenti | Utenti di ritorno | Coinvolgimento degli utenti | Coinvolgimento utente | Durata media del coinvolgimento | Durata media del coinvolgimento per sessione | Durata media del coinvolgimento per utente attivo | Sessioni con coinvolgimento per utente attivo | Sessioni con coinvolgimento per utente | Sessioni per utente attivo | Sessioni per utente | Visualizzazioni per utente attivo | Visualizzazioni per utente | Visualizzazioni per sessione | Eventi per sessione | Conteggio eventi per utente attivo | Conteggio eventi per utente | Valore evento | Eventi chiave | Tasso eventi chiave sessione | Tasso di eventi chiave della sessione | Tasso eventi chiave utente | Conversioni | Entrate totali | Entrate derivanti dagli acquisti | Acquisti e-commerce | Transazioni | Totale acquirenti | Aggiunte al carrello | Pagamenti | Ingressi | Uscite',
};
