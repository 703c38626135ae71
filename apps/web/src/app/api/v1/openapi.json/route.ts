import { openApiDocument } from '#api/openapi/document.ts';
import { refuseMethods } from '#api/respond.ts';
import { services } from '#runtime/services.ts';

/** Anyone may read it, from any page: it says nothing of anyone. */
export function GET(): Response {
  return Response.json(openApiDocument(services().config.webUrl), {
    headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
  });
}

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
