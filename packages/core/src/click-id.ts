/** What a click id in an address says: whose click it was, and the medium that it was paid as; `''` where it tells no payment. */
export type ClickId = { network: string; medium: '' | 'cpc' | 'display' };

/** Parameters that networks add to the addresses of what was clicked; those of paid clicks come first. */
const CLICK_IDS: Readonly<Record<string, ClickId>> = {
  gclid: { network: 'Google', medium: 'cpc' },
  gbraid: { network: 'Google', medium: 'cpc' },
  wbraid: { network: 'Google', medium: 'cpc' },
  gad_source: { network: 'Google', medium: 'cpc' },
  msclkid: { network: 'Bing', medium: 'cpc' },
  dclid: { network: 'Google', medium: 'display' },
  fbclid: { network: 'Facebook', medium: '' },
  ttclid: { network: 'TikTok', medium: '' },
  twclid: { network: 'Twitter', medium: '' },
  li_fat_id: { network: 'LinkedIn', medium: '' },
};

/** The parameters that are click ids. */
export const CLICK_ID_PARAMS: readonly string[] = Object.keys(CLICK_IDS);

/** The click id of an address, if it has one; an empty one says nothing. */
export function readClickId(said: (parameter: string) => string | undefined): ClickId | undefined {
  for (const [parameter, click] of Object.entries(CLICK_IDS)) {
    if (said(parameter) !== undefined) return click;
  }
  return undefined;
}
