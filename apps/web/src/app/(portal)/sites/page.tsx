import { shownHost } from '@footfall/core/host';
import { memberPage } from '#access/page.ts';
import { memberMay } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { type DeletedRow, DeletedSites } from '#sites/deleted-sites.tsx';
import { Badge } from '#ui/badge.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('sites');

export default memberPage('/sites', async ({ member }) => {
  const { tenant } = member;
  const [sites, deleted] = await Promise.all([tenant.sites.list(), tenant.deletions.list()]);
  const words = await readerWords('siteList');
  const formats = formatsIn(await readerLocale());
  const mine = (siteId: string) => memberMay(member, 'site.configure', siteId);
  const now = Date.now();
  const rows = deleted
    .filter(({ siteId }) => mine(siteId))
    .map(({ siteId, domain, undoUntil, emptiedAt, events }): DeletedRow => {
      const state = emptiedAt !== null ? 'emptied' : undoUntil.getTime() > now ? 'undo' : 'emptying';
      return {
        ...{ siteId, domain: shownHost(domain), state, events: formats.exactNumber(events ?? 0) },
        when: formats.momentAt(emptiedAt ?? undoUntil, 'UTC'),
      };
    });
  return (
    <ClientWords of={['siteList', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <ButtonLink href="/sites/new">{words('add')}</ButtonLink>
        </div>
        <Panel aria-label={words('title')}>
          <ul className="divide-y divide-line px-4 sm:px-5">
            {sites
              .filter(({ id }) => mine(id))
              .map(({ id, domain, enabled }) => (
                <li key={id} className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 py-2">
                  <span className="min-w-0 flex-1 wrap-anywhere">
                    <TextLink href={`/sites/${id}`}>{shownHost(domain)}</TextLink>
                  </span>
                  {!enabled && <Badge tone="warning">{words('off')}</Badge>}
                  <TextLink
                    href={`/sites/${id}/settings`}
                    aria-label={words('settingsNamed', { domain: shownHost(domain) })}
                  >
                    {words('settings')}
                  </TextLink>
                </li>
              ))}
            {sites.length === 0 && <li className="py-4 text-quiet">{words('none')}</li>}
          </ul>
        </Panel>
        {rows.length > 0 && (
          <Panel aria-labelledby="deleted">
            <PanelHead id="deleted" title={words('deleted')} />
            <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
              <p className="text-quiet">{words('deletedText')}</p>
              <DeletedSites rows={rows} />
            </div>
          </Panel>
        )}
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
