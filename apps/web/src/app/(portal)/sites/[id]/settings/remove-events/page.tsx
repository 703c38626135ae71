import { localDay } from '@footfall/core/zone';
import { sitePage } from '#access/page.ts';
import { RemovalForm, type SenderChoice } from '#settings/removal-form.tsx';
import { OpenRemoval, RemovalHistory } from '#settings/removal-open.tsx';
import { SettingsFrame } from '#settings/settings-frame.tsx';
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
  const [all, keys] = await Promise.all([member.tenant.removals.list(site.id), member.tenant.apiKeys.list()]);
  // Those of one visitor have a page of their own.
  const removals = all.filter(({ visitorHash }) => visitorHash === null);
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
  // A reset shows how far it is where it was asked for.
  const open = removals.filter(({ state, isReset }) => state !== 'removed' && !isReset);
  const today = localDay(site.timezone, Date.now());
  const start = { from: `${today}T00:00`, to: `${today}T23:59`, latest: `${today}T23:59` };
  const shop = { id: site.id, domain: site.domain, timezone: site.timezone };
  const isGoingOn = open.some(({ state }) => state !== 'counted');
  const title = (
    <h1 className="text-lg font-semibold">
      {words.rich('title', { domain: site.domain, name: (text) => <Unbroken>{text}</Unbroken> })}
    </h1>
  );
  return (
    <ClientWords of={['removal', 'failures']}>
      <SettingsFrame siteId={site.id} part="/remove-events" title={title}>
        <p className="text-quiet">{words('intro')}</p>
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
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
