import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { deleteSegment } from '#api/sites/named-routes.ts';

export const DELETE = guardedRoute('/api/v1/sites/segments/[segment]', deleteSegment);

const refuse = refuseMethods(['DELETE']);

export { refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
