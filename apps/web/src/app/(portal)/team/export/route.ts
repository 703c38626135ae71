import { guardedRoute } from '#api/guarded-route.ts';
import { exportTenant } from '#api/own-data.ts';

/** Everything that the team has but its events, which each site's own export has. */
export const GET = guardedRoute('/team/export', exportTenant);
