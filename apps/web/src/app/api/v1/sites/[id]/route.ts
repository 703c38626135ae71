import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { changeSite, deleteSite, readSite } from '#api/sites/site-routes.ts';

export const GET = guardedRoute('/api/v1/sites/[id]', readSite);
export const PUT = guardedRoute('/api/v1/sites/[id]', changeSite);
export const DELETE = guardedRoute('/api/v1/sites/[id]', deleteSite);

const refuse = refuseMethods(['GET', 'PUT', 'DELETE']);

export { refuse as PATCH, refuse as POST };
