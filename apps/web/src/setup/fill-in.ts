/** What stands for a site's key and the collector's address in docs/install; a test looks whether all pages have them. */
const [KEY, COLLECTOR, HOST] = ['YOUR_SITE_KEY', 'https://collector.example', 'collector.example'];

/** A text of docs/install with the key of the site and the address of the collector filled in. */
export function fillIn(
  markdown: string,
  { siteKey, collectorUrl }: { siteKey: string; collectorUrl: string },
): string {
  return markdown
    .replaceAll(KEY, siteKey)
    .replaceAll(COLLECTOR, collectorUrl)
    .replaceAll(HOST, new URL(collectorUrl).host);
}
