/** The line that a merchant pastes into the pages of a site. */
export function trackingSnippet({ siteKey }: { siteKey: string }, collectorUrl: string): string {
  return `<script defer src="${collectorUrl}/a.js" data-site="${siteKey}"></script>`;
}
