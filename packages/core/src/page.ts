/** The parts of a page's address that reports use; the query stays for the campaign. */
export type Page = {
  /** Without a leading `www.`, without port. */
  hostname: string;
  /** Path without query and hash, as the URL standard writes it. */
  path: string;
  query: URLSearchParams;
};

/** A hostname without a leading `www.`. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^www\./, '');
}

/** A path, or a pattern of paths, as the URL standard writes it: `/grüße` is `/gr%C3%BC%C3%9Fe`. */
export function writtenPath(path: string): string {
  return new URL(`http://site.invalid${path}`).pathname;
}

/**
 * Takes a page's address apart.
 * @throws TypeError when it is not a URL: validation has refused those.
 */
export function parsePage(url: string): Page {
  const { hostname, pathname, searchParams } = new URL(url);
  return { hostname: bareHost(hostname), path: pathname, query: searchParams };
}
