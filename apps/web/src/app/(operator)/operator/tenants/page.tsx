import { staffPage } from '#access/page.ts';
import { readCursor, readText } from '#operator/address.ts';
import { OlderLink } from '#operator/older-link.tsx';
import { SearchForm } from '#operator/search-form.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { TenantTable } from '#operator/tenant-table.tsx';
import { loadTenants, MOST_SEARCHED } from '#operator/tenants.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/tenants';

export const generateMetadata = pageTitle('tenants');

export default staffPage('/operator/tenants', async ({ searchParams }) => {
  const words = await readerWords('staffTenants');
  const search = readText(searchParams, 'search').slice(0, MOST_SEARCHED);
  const after = readCursor(searchParams);
  const { rows, next } = await loadTenants(search, after);
  return (
    <StaffMain title={words('title')}>
      <SearchForm path={PATH} label={words('search')} find={words('find')} search={search} />
      <Panel aria-label={words('title')}>
        {rows.length === 0 ? (
          <EmptyState title={words('emptyTitle')}>{words('emptyText')}</EmptyState>
        ) : (
          <div className="px-4 py-2 sm:px-5">
            <TenantTable tenants={rows} />
          </div>
        )}
        <OlderLink path={PATH} params={{ search }} isOlder={after !== null} next={next} />
      </Panel>
    </StaffMain>
  );
});
