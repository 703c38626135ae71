/** Zones of countries that do not pay in euros, and are in a part of the world where most do. */
const OF_ZONE: Readonly<Record<string, string>> = {
  'Europe/London': 'GBP',
  'Europe/Belfast': 'GBP',
  'Europe/Zurich': 'CHF',
  'Europe/Vaduz': 'CHF',
  'Europe/Stockholm': 'SEK',
  'Europe/Oslo': 'NOK',
  'Europe/Copenhagen': 'DKK',
  'Europe/Warsaw': 'PLN',
  'Europe/Prague': 'CZK',
  'Europe/Budapest': 'HUF',
  'Europe/Bucharest': 'RON',
  'Europe/Istanbul': 'TRY',
  'Europe/Kyiv': 'UAH',
  'Europe/Kiev': 'UAH',
  'Atlantic/Reykjavik': 'ISK',
  'Asia/Tokyo': 'JPY',
  'Asia/Seoul': 'KRW',
  'Asia/Singapore': 'SGD',
  'Asia/Hong_Kong': 'HKD',
  'Asia/Kolkata': 'INR',
  'Asia/Calcutta': 'INR',
  'Asia/Jerusalem': 'ILS',
  'Asia/Dubai': 'AED',
  'Pacific/Auckland': 'NZD',
  'Africa/Johannesburg': 'ZAR',
};

/** The region of a language: where a zone is of several countries. */
const OF_REGION: Readonly<Record<string, string>> = {
  US: 'USD',
  CA: 'CAD',
  MX: 'MXN',
  BR: 'BRL',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  AU: 'AUD',
  NZ: 'NZD',
  CN: 'CNY',
  TW: 'TWD',
  ID: 'IDR',
  TH: 'THB',
  MY: 'MYR',
  PH: 'PHP',
  VN: 'VND',
  SA: 'SAR',
};

/** The currency that a shop whose merchant sits in this zone and reads these languages most likely sells in. */
export function guessCurrency(zone: string, languages: readonly string[]): string {
  const known = OF_ZONE[zone];
  if (known !== undefined) return known;
  // UTC is nobody's place: servers and careful browsers have it.
  if (zone.startsWith('Europe/') || zone === 'Etc/UTC') return 'EUR';
  if (zone.startsWith('Australia/')) return 'AUD';
  const regions = languages.map((language) => /-([A-Z]{2})\b/.exec(language)?.[1] ?? '');
  const ofRegion = regions.map((region) => OF_REGION[region]).find((currency) => currency !== undefined);
  return ofRegion ?? (/^(?:America|US)\//.test(zone) ? 'USD' : 'EUR');
}
