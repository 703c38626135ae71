import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { deleteFunnel } from '#api/sites/named-routes.ts';

export const DELETE = guardedRoute('/api/v1/sites/funnels/[funnel]', deleteFunnel);

const refuse = refuseMethods(['DELETE']);

export { refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
