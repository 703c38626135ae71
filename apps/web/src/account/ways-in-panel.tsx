import { isFreshlyProven } from '#access/fresh-proof.ts';
import { listOwnLinks } from '#access/own-account.ts';
import type { SearchParams } from '#access/page.ts';
import { findProviderKey, listProviders } from '#access/provider-flow.ts';
import type { Account } from '#access/session.ts';
import { ProviderNotice } from '#auth/provider-notice.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerWords } from '#words/reader.ts';
import { WaysIn } from './ways-in.tsx';

/** The providers that whoever reads the page signs in with, or could; nothing where none is set up. */
export async function WaysInPanel({
  account,
  searchParams,
}: {
  account: Account;
  searchParams: SearchParams;
}) {
  const providers = listProviders();
  if (providers.length === 0) return null;
  const words = await readerWords('waysIn');
  const links = await listOwnLinks(account);
  const rows = providers.map(({ id, name }) => {
    const link = links.find(({ provider }) => provider === findProviderKey(id));
    return { id, name, isLinked: link !== undefined, email: link?.email ?? '' };
  });
  return (
    <Panel aria-labelledby="ways-in">
      <PanelHead id="ways-in" title={words('title')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <ProviderNotice searchParams={searchParams} />
        <p className="text-quiet">{words('text')}</p>
        <WaysIn rows={rows} isProven={isFreshlyProven(account.session)} />
      </div>
    </Panel>
  );
}
