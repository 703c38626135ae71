import { staffPage } from '#access/page.ts';
import { readCursor, readText } from '#operator/address.ts';
import { ListPanel } from '#operator/list-panel.tsx';
import { OlderLink } from '#operator/older-link.tsx';
import { SearchForm } from '#operator/search-form.tsx';
import { DeletedSites, SiteTable } from '#operator/site-table.tsx';
import { loadDeletedSites, loadSites, SITE_DAYS } from '#operator/sites.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { MOST_SEARCHED } from '#operator/tenants.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/sites';

export const generateMetadata = pageTitle('sites');

export default staffPage('/operator/sites', async ({ searchParams }) => {
  const words = await readerWords('staffSites');
  const search = readText(searchParams, 'search').slice(0, MOST_SEARCHED);
  const after = readCursor(searchParams);
  const [{ rows, next }, deleted] = await Promise.all([loadSites(search, after), loadDeletedSites()]);
  return (
    <StaffMain title={words('title')}>
      <SearchForm path={PATH} label={words('search')} find={words('find')} search={search} />
      <Panel aria-label={words('title')}>
        {rows.length === 0 ? (
          <EmptyState title={words('emptyTitle')}>{words('emptyText')}</EmptyState>
        ) : (
          <div className="px-4 py-2 sm:px-5">
            <p className="py-1 text-quiet">{words('text', { days: SITE_DAYS.list })}</p>
            <SiteTable sites={rows} />
          </div>
        )}
        <OlderLink path={PATH} params={{ search }} isOlder={after !== null} next={next} />
      </Panel>
      <ListPanel id="deleted" title={words('deleted')}>
        <DeletedSites sites={deleted} />
      </ListPanel>
    </StaffMain>
  );
});
