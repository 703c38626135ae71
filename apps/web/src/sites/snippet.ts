/** The line that a merchant pastes into the pages of a site. */
export function trackingSnippet(
  { siteKey }: { siteKey: string },
  collectorUrl: string,
  parts: readonly 'team'[] = [],
): string {
  const script = ['a', ...parts, 'js'].join('.');
  return `<script defer src="${collectorUrl}/${script}" data-site="${siteKey}"></script>`;
}

/** The link that leaves a team's browsers out of a shop: see the tracker's part `team`. */
export const teamLink = (domain: string): string => `https://${domain}/#footfall_ignore`;
