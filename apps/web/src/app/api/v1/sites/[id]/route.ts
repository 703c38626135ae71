import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { changeSite, readSite } from '#api/sites/site-routes.ts';

export const GET = guardedRoute('/api/v1/sites/[id]', readSite);
export const PUT = guardedRoute('/api/v1/sites/[id]', changeSite);

const refuse = refuseMethods(['GET', 'PUT']);

export { refuse as DELETE, refuse as PATCH, refuse as POST };
