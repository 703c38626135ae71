import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in French. */
export const FR: Ga4Names = {
  name: 'French',
  decimal: ',',
  total: 'Total général | Totaux | Total',
  unset: '(non défini) | (non définie) | (aucun)',
  date: 'Date',
  nthDay: 'Nième jour | N-ième jour | Énième jour | Jour N',
  otherTime:
    'Heure | Nième heure | N-ième heure | Minute | Date + heure (AAAAMMJJHH) | Jour | Jour de la semaine | Semaine | Nième semaine | Mois | Nième mois | Année | Nième année',
  source: 'Source de la session | Source',
  medium: 'Support de la session | Support',
  sourceMedium: 'Source/Support de la session | Source et support de la session | Source/Support',
  campaign: 'Campagne de la session | Campagne',
  term: 'Terme manuel de la session',
  content: "Contenu d'annonce manuel de la session",
  channel:
    'Groupe de canaux principal de la session (Groupe de canaux par défaut) | Groupe de canaux principal de la session | Groupe de canaux par défaut de la session | Groupe de canaux par défaut | Groupe de canaux',
  page: "Chemin de la page et classe de l'écran | Chemin de la page et classe d'écran | Chemin de la page | Chemin de la page + chaîne de requête",
  landingPage: 'Page de destination | Page de destination + chaîne de requête',
  hostname: "Nom d'hôte",
  eventName: "Nom de l'événement",
  country: 'Pays | ID de pays',
  region: 'Région',
  city: 'Ville',
  language: 'Langue | Code de langue',
  browser: 'Navigateur',
  system: "Système d'exploitation",
  device: "Catégorie d'appareil",
  totalUsers: "Nombre total d'utilisateurs | Total des utilisateurs | Total utilisateurs | Utilisateurs",
  activeUsers: 'Utilisateurs actifs',
  sessions: 'Sessions',
  engagedSessions: 'Sessions avec engagement',
  engagementRate: "Taux d'engagement",
  bounceRate: 'Taux de rebond',
  duration: 'Durée moyenne des sessions | Durée moyenne de la session | Durée de session moyenne',
  views: 'Vues | Pages vues | Nombre de vues',
  events: "Nombre d'événements",
  leftOut:
    "Nouveaux utilisateurs | Utilisateurs connus | Utilisateurs de retour | Engagement utilisateur | Durée d'engagement moyenne | Durée d'engagement moyenne par session | Durée d'engagement moyenne par utilisateur actif | Durée d'engagement moyenne par utilisateur | Sessions avec engagement par utilisateur actif | Sessions avec engagement par utilisateur | Sessions par utilisateur actif | Sessions par utilisateur | Vues par utilisateur actif | Vues par utilisateur | Vues par session | Événements par session | Nombre d'événements par utilisateur actif | Nombre d'événements par utilisateur | Valeur de l'événement | Événements clés | Taux d'événements clés par session | Taux d'événements clés de session | Taux d'événements clés par utilisateur | Conversions | Revenu total | Revenus totaux | Revenus d'achat | Revenus provenant des achats | Achats d'e-commerce | Transactions | Nombre total d'acheteurs | Ajouts au panier | Règlements | Entrées | Sorties",
};
