import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { listSegments, putSegment } from '#api/sites/named-routes.ts';

export const GET = guardedRoute('/api/v1/sites/segments', listSegments);
export const PUT = guardedRoute('/api/v1/sites/segments', putSegment);

const refuse = refuseMethods(['GET', 'PUT']);

export { refuse as DELETE, refuse as PATCH, refuse as POST };
