import { memberPage } from '#access/page.ts';
import { KeyList } from '#keys/key-list.tsx';
import { describeKeys } from '#keys/key-rows.ts';
import { NewKeyForm } from '#keys/new-key-form.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('keys');

export default memberPage('/keys', async ({ member: { tenant, tenantName } }) => {
  const [keys, members, allSites] = await Promise.all([
    tenant.apiKeys.list(),
    tenant.members.list(),
    tenant.sites.list(),
  ]);
  const words = await readerWords('keys');
  const names = new Map(members.map(({ userId, name }) => [userId, name]));
  const toRow = await describeKeys((userId) => names.get(userId) ?? userId);
  return (
    <ClientWords of={['keys', 'team', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{tenantName}</p>
        </div>
        <Panel aria-labelledby="keys">
          <PanelHead id="keys" title={words('list')} />
          <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('intro')}</p>
            <KeyList keys={keys.map(toRow)} />
          </div>
        </Panel>
        <Panel aria-labelledby="new">
          <PanelHead id="new" title={words('newKey')} />
          <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
            <NewKeyForm
              sites={allSites.map(({ id, domain }) => ({ id, domain }))}
              earliest={new Date().toISOString().slice(0, 10)}
            />
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
