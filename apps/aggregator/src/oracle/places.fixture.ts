/** Where visits come from, by code, and what the dimensions of places in words write for each. */

export const COUNTRIES = ['DE', 'US', '(none)'];
export const COUNTRY_NAMES = ['Germany', 'United States', '(none)'];
export const REGIONS = ['DE-BY', 'NL-LI', 'BE-VLI', 'Ruhr', '(none)'];
export const REGION_NAMES = ['Bavaria', 'Limburg, Netherlands', 'Limburg, Belgium', 'Ruhr', '(none)'];
