import { guardedRoute } from '#api/guarded-route.ts';
import { requireSite } from '#api/site.ts';
import { exportVisitor } from '#api/visitor-export.ts';

/** What a site has of one visitor; a form sends their id, so that it stands in no address and no log. */
export const POST = guardedRoute(
  '/sites/[id]/visitor-export',
  async (caller, request: Request, { params }: RouteContext<'/sites/[id]/visitor-export'>) =>
    exportVisitor(caller, await requireSite(caller, (await params).id), request),
);
