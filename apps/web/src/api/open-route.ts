import type { OpenApiAddress } from '#access/api-routes.ts';
import { type Services, services } from '#runtime/services.ts';

/** The handler of a route that everyone may call. */
export function openRoute<Rest extends unknown[]>(
  _: OpenApiAddress,
  handle: (services: Services, request: Request, ...rest: Rest) => Response | Promise<Response>,
): (request: Request, ...rest: Rest) => Response | Promise<Response> {
  return (request, ...rest) => handle(services(), request, ...rest);
}
