import type { SearchParams } from '#access/page.ts';
import { listProviders } from '#access/provider-flow.ts';
import { ErrorNotice } from '#ui/notice.tsx';
import { readerWords } from '#words/reader.ts';
import { TEAM_PROVIDER_NAME } from './provider/team-provider.ts';

/** What a sign-in at a provider can end with (access/provider-arrival.ts), and what somebody can do about it. */
const CODES = [
  'provider_denied',
  'provider_flow_over',
  'provider_link_first',
  'provider_other_account',
  'provider_refused',
  'provider_unavailable',
  'provider_unverified',
  'proof_needed',
  'sign_on_confirm_first',
  'sign_on_domain',
  'sign_on_removed',
  'link_taken',
  'sign_up_closed',
  'sign_up_invited',
] as const;

/**
 * Why signing in came to nothing, in one line: the address has a code of ours, or one that says nothing in particular, as next-auth's
 * do. Nothing where the address tells of no error.
 */
export async function ProviderNotice({ searchParams }: { searchParams: SearchParams }) {
  const { error, with: id } = searchParams;
  if (error === undefined) return null;
  const code = CODES.find((one) => one === error);
  const entry = await readerWords('entry');
  const failures = await readerWords('failures');
  const provider = listProviders().find((one) => one.id === id)?.name ?? TEAM_PROVIDER_NAME;
  return (
    <div className="pb-4">
      <ErrorNotice message={code === undefined ? entry('signInFailed') : failures(code, { provider })} />
    </div>
  );
}
