/** The lists of what is counted, as the settings show them: an entry a line. Their words are `intake` of words/. */
export const INTAKE_FIELDS = [
  'allowedOrigins',
  'blockedIps',
  'blockedCountries',
  'blockedPages',
  'excludedHostnames',
  'keptParams',
] as const;

export type IntakeField = (typeof INTAKE_FIELDS)[number];
