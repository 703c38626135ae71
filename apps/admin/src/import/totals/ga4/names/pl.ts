import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Polish. */
export const PL: Ga4Names = {
  name: 'Polish',
  decimal: ',',
  total: 'Suma końcowa | Suma całkowita | Łącznie | Suma',
  unset: '(nie ustawiono) | (brak) | (nie określono)',
  date: 'Data',
  nthDay: 'N-ty dzień',
  otherTime:
    'Godzina | N-ta godzina | Minuta | Data i godzina (RRRRMMDDGG) | Dzień | Dzień tygodnia | Tydzień | N-ty tydzień | Miesiąc | N-ty miesiąc | Rok | N-ty rok',
  source: 'Źródło sesji | Źródło',
  medium: 'Medium sesji | Medium',
  sourceMedium: 'Źródło/medium sesji | Źródło sesji/medium | Źródło/medium',
  campaign: 'Kampania sesji | Kampania',
  term: 'Słowo kluczowe oznaczone ręcznie sesji | Ręczne hasło sesji',
  content: 'Treść reklamy oznaczona ręcznie sesji | Ręczna treść reklamy sesji',
  channel:
    'Główna grupa kanałów sesji (domyślna grupa kanałów) | Podstawowa grupa kanałów sesji (domyślna grupa kanałów) | Główna grupa kanałów sesji | Domyślna grupa kanałów sesji | Domyślna grupa kanałów w sesji | Domyślna grupa kanałów',
  page: 'Ścieżka strony i klasa ekranu | Ścieżka strony | Ścieżka strony + ciąg zapytania',
  landingPage: 'Strona docelowa | Strona docelowa + ciąg zapytania | Strona docelowa i ciąg zapytania',
  hostname: 'Nazwa hosta',
  eventName: 'Nazwa zdarzenia | Nazwa wydarzenia',
  country: 'Kraj | Identyfikator kraju',
  region: 'Region',
  city: 'Miasto',
  language: 'Język | Kod języka',
  browser: 'Przeglądarka',
  system: 'System operacyjny',
  device: 'Kategoria urządzenia',
  totalUsers: 'Łączna liczba użytkowników | Użytkownicy łącznie | Użytkownicy',
  activeUsers: 'Aktywni użytkownicy | Liczba aktywnych użytkowników',
  sessions: 'Sesje | Liczba sesji',
  engagedSessions: 'Sesje z zaangażowaniem | Sesje z aktywnością',
  engagementRate: 'Współczynnik zaangażowania',
  bounceRate: 'Współczynnik odrzuceń',
  duration: 'Średni czas trwania sesji',
  views: 'Wyświetlenia | Liczba wyświetleń | Odsłony',
  events: 'Liczba zdarzeń',
  leftOut:
    'Nowi użytkownicy | Powracający użytkownicy | Zaangażowanie użytkowników | Średni czas zaangażowania | Średni czas zaangażowania na sesję | Średni czas zaangażowania na aktywnego użytkownika | Sesje z zaangażowaniem na aktywnego użytkownika | Sesje z zaangażowaniem na użytkownika | Sesje na aktywnego użytkownika | Sesje na użytkownika | Wyświetlenia na aktywnego użytkownika | Wyświetlenia na użytkownika | Wyświetlenia na sesję | Zdarzenia na sesję | Liczba zdarzeń na aktywnego użytkownika | Liczba zdarzeń na użytkownika | Wartość zdarzenia | Kluczowe zdarzenia | Współczynnik kluczowych zdarzeń w sesji | Konwersje | Łączne przychody | Przychody łącznie | Przychody z zakupów | Zakupy e-commerce | Transakcje | Łączna liczba kupujących | Dodania do koszyka | Płatności | Wejścia | Wyjścia',
};
