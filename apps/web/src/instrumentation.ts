import type { Instrumentation } from 'next';
import { services } from '#runtime/services.ts';

/** Errors of pages and actions go to the log with the digest that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const { digest } = (error ?? {}) as { digest?: string };
  const path = request.path.split('?', 1)[0];
  services().log.error({ err: error, digest, path, route: context.routePath }, 'page failed');
};
