import { apiFailure } from '#api/errors.ts';
import { failureResponse } from '#api/respond.ts';

/** What is no address of the API says so as the API does. */
function notFound(request: Request): Response {
  return failureResponse(apiFailure('not_found', `there is nothing at ${new URL(request.url).pathname}`));
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
