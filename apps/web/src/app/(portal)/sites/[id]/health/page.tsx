import { sitePage } from '#access/page.ts';
import { memberMay } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { FreshnessPanel } from '#health/freshness-panel.tsx';
import { LedgerTable } from '#health/ledger-table.tsx';
import { LimitsList } from '#health/limits-list.tsx';
import { RejectedList } from '#health/rejected-list.tsx';
import { askContext } from '#reports/ask.ts';
import { LEDGER_DAYS, loadHealth } from '#reports/health.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('health');

export default sitePage('/sites/[id]/health', async ({ member, site }) => {
  const words = await readerWords('health');
  const domainWords = await readerWords('domain');
  const [health, domain, locale] = await Promise.all([
    askContext(site, member.user.id).then((context) => loadHealth(site, context)),
    member.tenant.sites.domain(site.id),
    readerLocale(),
  ]);
  const { total, rejected } = health;
  const formats = formatsIn(locale);
  const mayConfigure = memberMay(member, 'site.configure', site.id);
  const mayRemove = memberMay(member, 'events.remove', site.id);
  const { standing } = domain;
  const contested =
    standing === 'open' || standing === 'other' ? domainWords(standing, { domain: site.domain }) : null;
  return (
    <>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold">
          {words.rich('title', { domain: site.domain, name: (text) => <Unbroken>{text}</Unbroken> })}
        </h1>
        <FreshnessPanel health={health} timezone={site.timezone} />
        <Panel aria-labelledby="ledger">
          <PanelHead id="ledger" title={words('ledger')} />
          <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
            {total.received === 0 ? (
              <EmptyState title={words('emptyTitle')}>{words('emptyText', { days: LEDGER_DAYS })}</EmptyState>
            ) : (
              <>
                <p className="text-quiet">{words('ledgerText', { days: LEDGER_DAYS })}</p>
                <div className="max-sm:-mx-2">
                  <LedgerTable days={health.ledger} total={total} />
                </div>
                <p className="text-quiet">
                  {words('bots', {
                    bots: formats.exactNumber(total.bots),
                    removed: total.removed ?? 0,
                    removedText: formats.exactNumber(total.removed ?? 0),
                  })}
                </p>
              </>
            )}
          </div>
        </Panel>
        {rejected.length > 0 && (
          <Panel aria-labelledby="rejected">
            <PanelHead id="rejected" title={words('rejectedTitle')} />
            <div className="px-4 pb-3 sm:px-5">
              <RejectedList rejected={rejected} />
            </div>
          </Panel>
        )}
        <Panel aria-labelledby="limits">
          <PanelHead id="limits" title={words('limits')} />
          <div className="px-4 pb-3 sm:px-5">
            <LimitsList health={health} domain={contested} />
            {mayConfigure && (
              <p className="pt-2">
                <TextLink href={`/sites/${site.id}/settings`}>{words('toSettings')}</TextLink>
              </p>
            )}
          </div>
        </Panel>
        <Panel aria-labelledby="strangers">
          <PanelHead id="strangers" title={words('strangers')} />
          <div className="space-y-2 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('strangersText')}</p>
            {mayRemove && (
              <p>
                <TextLink href={`/sites/${site.id}/settings/remove-events`}>{words('toRemoval')}</TextLink>
              </p>
            )}
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </>
  );
});
