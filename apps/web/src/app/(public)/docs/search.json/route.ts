import { openRoute } from '#api/open-route.ts';
import { docsLibrary } from '#docs/library.ts';
import { searchIndex } from '#docs/search-index.ts';

const HOUR = 'public, max-age=3600';

/** What the search of the documentation looks through; the same for everyone. */
export const GET = openRoute('/docs/search.json', async ({ docsFolder }) =>
  Response.json(searchIndex(await docsLibrary(docsFolder)), { headers: { 'cache-control': HOUR } }),
);
