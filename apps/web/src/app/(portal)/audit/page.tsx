import { memberPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { AuditFilterForm } from '#team/audit-filter.tsx';
import { readAuditSearch } from '#team/audit-search.ts';
import { AuditTable } from '#team/audit-table.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('audit');

/** Entries of a page. */
const PAGE = 50;

export default memberPage('/audit', async ({ member, searchParams }) => {
  const search = readAuditSearch(searchParams);
  const [entries, actions] = await Promise.all([
    member.tenant.audit.list(search.filter, PAGE + 1),
    member.tenant.audit.actions(),
  ]);
  const words = await readerWords('audit');
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
      </main>
      <Shortcuts />
    </>
  );
});
