import { memberPage } from '#access/page.ts';
import { memberMay } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { VisitList } from '#support/visit-list.tsx';
import { AuditFilterForm } from '#team/audit-filter.tsx';
import { readAuditSearch } from '#team/audit-search.ts';
import { AuditTable } from '#team/audit-table.tsx';
import { SupportRule } from '#team/support-rule.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('audit');

/** Entries of a page. */
const PAGE = 50;

export default memberPage('/audit', async ({ member, searchParams }) => {
  const search = readAuditSearch(searchParams);
  const [entries, actions, support] = await Promise.all([
    member.tenant.audit.list(search.filter, PAGE + 1),
    member.tenant.audit.actions(),
    member.tenant.support.read(),
  ]);
  const words = await readerWords('audit');
  const ofSupport = await readerWords('support');
  const formats = formatsIn(await readerLocale());
  const shown = entries.slice(0, PAGE);
  const last = shown.at(-1);
  const rows = shown.map(({ at, ...entry }) => ({ ...entry, at: formats.momentAt(at, 'UTC') }));
  return (
    <>
      <main className="mx-auto w-full max-w-page space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet">{words('text')}</p>
        </div>
        <AuditFilterForm actions={actions} chosen={search.filter.action ?? ''} />
        <Panel>
          <AuditTable rows={rows} />
        </Panel>
        {entries.length > PAGE && last !== undefined && (
          <TextLink href={search.olderThan(last.at)}>{words('older')}</TextLink>
        )}
        <Panel aria-labelledby="support">
          <PanelHead id="support" title={ofSupport('title')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="max-w-text text-quiet">{ofSupport(support.isAllowed ? 'allowed' : 'refused')}</p>
            {memberMay(member, 'support.rule') && (
              <ClientWords of={['support', 'proof', 'failures']}>
                <SupportRule isAllowed={support.isAllowed} />
              </ClientWords>
            )}
            <VisitList visits={support.visits} now={Date.now()} />
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </>
  );
});
