/** The lists of what is counted, as the settings show them: an entry a line. */
export const INTAKE_FIELDS = [
  {
    name: 'allowedOrigins',
    label: 'Pages that may send',
    hint: 'Origins, such as https://shop.example or https://*.shop.example. None: any page with the snippet.',
  },
  {
    name: 'blockedIps',
    label: 'Addresses to leave out',
    hint: 'Your office, say: 192.0.2.7 or 192.0.2.0/24.',
  },
  { name: 'blockedCountries', label: 'Countries to leave out', hint: 'Codes of two letters, such as AQ.' },
  {
    name: 'blockedPages',
    label: 'Pages to leave out',
    hint: 'Paths: * is one part, ** any number of them, such as /account/**.',
  },
  {
    name: 'excludedHostnames',
    label: 'Hosts to leave out',
    hint: 'Such as staging.shop.example, or *.shop.example for all below it.',
  },
] as const;

export type IntakeField = (typeof INTAKE_FIELDS)[number]['name'];
