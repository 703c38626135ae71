import { localDay } from '@footfall/core/zone';
import { sitePage } from '#access/page.ts';
import { RemovalForm, type SenderChoice } from '#settings/removal-form.tsx';
import { OpenRemoval, RemovalHistory } from '#settings/removal-open.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('removeEvents');

const SITE_KEY = 'site_key';

export default sitePage('/sites/[id]/settings/remove-events', async ({ member, site }) => {
  const words = await readerWords('removal');
  const [removals, keys] = await Promise.all([
    member.tenant.removals.list(site.id),
    member.tenant.apiKeys.list(),
  ]);
  const senders: SenderChoice[] = [
    { sender: SITE_KEY, label: words('siteKey') },
    ...keys
      .filter(({ scopes }) => scopes.includes('ingest'))
      .map(({ id, hint, name }) => ({
        sender: id,
        label: words('apiKey', { key: name === '' ? `${hint}…` : name }),
      })),
  ];
  const labels = new Map(senders.map(({ sender, label }) => [sender, label]));
  const nameSender = (sender: string) =>
    labels.get(sender) ?? (sender === '-' ? words('notNoted') : words('formerKey', { key: sender }));
  const open = removals.filter(({ state }) => state !== 'removed');
  const today = localDay(site.timezone, Date.now());
  const start = { from: `${today}T00:00`, to: `${today}T23:59`, latest: `${today}T23:59` };
  const shop = { id: site.id, domain: site.domain, timezone: site.timezone };
  const isGoingOn = open.some(({ state }) => state !== 'counted');
  return (
    <ClientWords of={['removal', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <header className="space-y-2">
          <h1 className="text-lg font-semibold">
            {words.rich('title', { domain: site.domain, name: (text) => <Unbroken>{text}</Unbroken> })}
          </h1>
          <p className="text-quiet">{words('intro')}</p>
        </header>
        {open.map((removal) => (
          <OpenRemoval key={removal.id} removal={removal} site={shop} nameSender={nameSender} />
        ))}
        <Panel aria-labelledby="which">
          <PanelHead id="which" title={words('which')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <RemovalForm siteId={site.id} senders={senders} start={start} timezone={site.timezone} />
          </div>
        </Panel>
        <Panel aria-labelledby="history">
          <PanelHead id="history" title={words('history')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <RemovalHistory
              removals={removals.filter(({ state }) => state === 'removed')}
              site={shop}
              nameSender={nameSender}
            />
          </div>
        </Panel>
        <p>
          <TextLink href={`/sites/${site.id}/health`}>{words('toHealth')}</TextLink>
        </p>
        <RefreshWhile active={isGoingOn} />
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
