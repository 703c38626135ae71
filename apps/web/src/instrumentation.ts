import type { Instrumentation } from 'next';
import { logPageFailure } from '#runtime/page-failure.ts';

/** Errors of pages and actions go to the log with the digest that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) =>
  logPageFailure(error, { path: request.path, route: context.routePath });
