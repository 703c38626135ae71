import type { AccountApiAddress } from '#access/api-routes.ts';
import { requireFreshProof } from '#access/fresh-proof.ts';
import { type Account, currentAccount } from '#access/session.ts';
import { apiFailure } from './errors.ts';
import { isOwnRequest } from './own-request.ts';
import { handler } from './respond.ts';

/**
 * The handler of a route for whoever is signed in, in a team or not, who has proved lately who they are: what it answers is all about
 * them, and a session that was left open does not do.
 */
export function accountRoute(
  _: AccountApiAddress,
  handle: (account: Account, request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return handler(async (request: Request) => {
    const account = await currentAccount();
    if (account === null) throw apiFailure('unauthorized', 'sign in first');
    if (!isOwnRequest(request))
      throw apiFailure('wrong_origin', 'a session is good for pages of the portal only');
    requireFreshProof(account.session);
    return handle(account, request);
  });
}
