import { findLinkedUser, linkAccount } from '@footfall/db/account/linked-account';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { redirect, unstable_rethrow } from 'next/navigation';
import { authFailure } from '#auth/errors.ts';
import { nextPath } from '#auth/next-path.ts';
import { admitProfile } from '#auth/provider/admit.ts';
import { admitByTeam } from '#auth/provider/admit-team.ts';
import { callbackPath, type SignInProvider } from '#auth/provider/client.ts';
import type { ProviderFlow } from '#auth/provider/flow.ts';
import type { Profile } from '#auth/provider/profile.ts';
import { finishAtProvider, providerKey } from '#auth/provider/providers.ts';
import { asFailure } from '#runtime/failure.ts';
import type { Services } from '#runtime/services.ts';
import { requireFreshProof } from './fresh-proof.ts';
import { enter, reachProvider, takeFlow } from './provider-flow.ts';
import { type Account, clientOfRequest, currentAccount, currentAsker } from './session.ts';

const INVITATION = /^\/invitations\/([\w-]+)$/;

type Arrival = { services: Services; flow: ProviderFlow; provider: SignInProvider; profile: Profile };

/** Whoever is signed in, if they are whom the flow was begun for, and not by their team, which links nothing. */
async function accountOfFlow({ userId, purpose }: ProviderFlow, { name }: SignInProvider): Promise<Account> {
  const account = await currentAccount();
  const isTheirs =
    account?.user.id === userId && (purpose === 'prove' || account.session.onlyTenant === null);
  if (account === null || !isTheirs)
    throw authFailure('provider_flow_over', 'this took too long, or was begun in another browser', {
      values: { provider: name },
    });
  return account;
}

const ARRIVE: Readonly<Record<ProviderFlow['purpose'], (arrival: Arrival) => Promise<void>>> = {
  'sign-in': async ({ services, flow, provider, profile }) => {
    const next = nextPath(flow.next);
    const invitationToken = INVITATION.exec(next)?.[1] ?? null;
    const asker = await currentAsker();
    const { tenantId } = provider;
    if (tenantId !== null)
      await enter(await admitByTeam({ provider, tenantId, profile, asker, services }), next, provider);
    const { user, isNew } = await admitProfile({ provider, profile, asker, invitationToken, services });
    await enter(user, isNew && next === '/' ? '/sites/new' : next, provider);
  },
  link: async ({ services: { database }, flow, provider, profile }) => {
    const account = await accountOfFlow(flow, provider);
    // As fresh as at the beginning: the way there and back may take ten minutes.
    requireFreshProof(account.session);
    const { subject, email } = profile;
    await linkAccount(database, account.user.id, { provider: providerKey(provider), subject, email });
    const address = await clientOfRequest();
    await recordOfUser(database, { id: account.user.id }, { action: 'user.link_provider', address });
  },
  prove: async ({ services: { database, sessions }, flow, provider, profile }) => {
    const { user, session } = await accountOfFlow(flow, provider);
    const owner = await findLinkedUser(database, {
      provider: providerKey(provider),
      subject: profile.subject,
    });
    if (owner?.id !== user.id)
      throw authFailure('provider_other_account', 'this is not the account that you have linked', {
        values: { provider: provider.name },
      });
    await sessions.prove(session.id);
    const address = await clientOfRequest();
    await recordOfUser(database, { id: user.id }, { action: 'user.prove', address });
  },
};

/** Where a flow ends that failed: on the page that it began on, which says why by the code. */
function failedPath(flow: ProviderFlow | null, code: string, providerId: string): string {
  const page = flow === null || flow.purpose === 'sign-in' ? '/sign-in' : '/account';
  const search = new URLSearchParams({ error: code, with: providerId });
  const next = flow?.purpose === 'sign-in' && flow.next !== '/' ? nextPath(flow.next) : null;
  if (next !== null) search.set('next', next);
  return `${page}?${search}${page === '/account' ? '#ways-in' : ''}`;
}

async function arrive(
  services: Services,
  flow: ProviderFlow | null,
  { id, answer }: { id: string; answer: URLSearchParams },
): Promise<void> {
  const { config, log } = services;
  const found = await reachProvider(id);
  if (flow === null || found === null || flow.provider !== id)
    throw authFailure('provider_flow_over', 'this took too long, or was begun in another browser', {
      values: { provider: found?.provider.name ?? '' },
    });
  const { provider, fetch } = found;
  const { state, nonce, verifier } = flow;
  const redirectUri = config.webUrl + callbackPath(id);
  const request = { provider, challenge: { state, nonce, verifier }, redirectUri, fetch };
  const again = flow.purpose !== 'sign-in';
  const profile = await finishAtProvider({ ...request, again, answer }, log);
  await ARRIVE[flow.purpose]({ services, flow, provider, profile });
}

/** Answers the browser that a provider has sent back. Whatever goes wrong is one line of the page that it goes on to. */
export async function arriveFromProvider(
  services: Services,
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  const { provider: id } = await params;
  const flow = await takeFlow();
  try {
    await arrive(services, flow, { id, answer: new URL(request.url).searchParams });
  } catch (error) {
    unstable_rethrow(error);
    const failure = asFailure(error);
    if (failure === null) services.log.error({ err: error }, 'a sign-in at a provider failed');
    redirect(failedPath(flow, failure?.code ?? 'internal', id));
  }
  redirect(flow?.purpose === 'sign-in' ? '/' : '/account#ways-in');
}
