import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { createSite, listSites } from '#api/sites/site-routes.ts';

export const GET = guardedRoute('/api/v1/sites', listSites);
export const POST = guardedRoute('/api/v1/sites', createSite);

const refuse = refuseMethods(['GET', 'POST']);

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
