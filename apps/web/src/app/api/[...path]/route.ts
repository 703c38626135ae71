import { apiFailure } from '#api/errors.ts';
import { openRoute } from '#api/open-route.ts';
import { failureResponse } from '#api/respond.ts';

/** What is not an address of the API says so as the API does. */
const notFound = openRoute('/api/[...path]', (_, request) =>
  failureResponse(apiFailure('not_found', `there is nothing at ${new URL(request.url).pathname}`)),
);

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
