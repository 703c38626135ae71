import { sitePage } from '#access/page.ts';
import { OpenRemoval } from '#settings/removal-open.tsx';
import { SettingsFrame } from '#settings/settings-frame.tsx';
import { VisitorDataForm } from '#settings/visitor-data-form.tsx';
import { VisitorHistory } from '#settings/visitor-history.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('visitorData');

/** What is said of it, in this order. */
const NOTES = ['found', 'notFound', 'asked'] as const;

export default sitePage('/sites/[id]/settings/visitor-data', async ({ member, site }) => {
  const words = await readerWords('visitorData');
  const removals = (await member.tenant.removals.list(site.id)).filter(
    ({ visitorHash }) => visitorHash !== null,
  );
  const open = removals.filter(({ state }) => state !== 'removed');
  const shop = { id: site.id, domain: site.domain, timezone: site.timezone };
  const title = (
    <header className="space-y-2">
      <h1 className="text-lg font-semibold">
        {words.rich('title', { domain: site.domain, name: (text) => <Unbroken>{text}</Unbroken> })}
      </h1>
      <p className="text-quiet">{words('intro')}</p>
    </header>
  );
  return (
    <ClientWords of={['visitorData', 'removal', 'failures']}>
      <SettingsFrame siteId={site.id} part="/visitor-data" title={title}>
        {open.map((removal) => (
          <OpenRemoval key={removal.id} removal={removal} site={shop} nameSender={(sender) => sender} />
        ))}
        <Panel aria-labelledby="who">
          <PanelHead id="who" title={words('who')} />
          <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
            <VisitorDataForm siteId={site.id} />
            <ul className="list-disc space-y-2 pl-5 text-quiet">
              {NOTES.map((note) => (
                <li key={note}>{words(`notes.${note}`)}</li>
              ))}
            </ul>
          </div>
        </Panel>
        <Panel aria-labelledby="history">
          <PanelHead id="history" title={words('history')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <VisitorHistory
              removals={removals.filter(({ state }) => state === 'removed')}
              zone={site.timezone}
            />
          </div>
        </Panel>
        <RefreshWhile active={open.some(({ state }) => state !== 'counted')} />
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
