import { openRoute } from '#api/open-route.ts';
import { openApiDocument } from '#api/openapi/document.ts';
import { refuseMethods } from '#api/respond.ts';

/** Anyone may read it, from any page: it says nothing of anyone. */
export const GET = openRoute('/api/v1/openapi.json', ({ config }) =>
  Response.json(openApiDocument(config.webUrl), {
    headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
  }),
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
