import { staffPage } from '#access/page.ts';
import { readCursor, readText } from '#operator/address.ts';
import { ListPanel } from '#operator/list-panel.tsx';
import { OlderLink } from '#operator/older-link.tsx';
import { DeletedSites, SiteTable } from '#operator/site-table.tsx';
import { loadDeletedSites, loadSites, SITE_DAYS } from '#operator/sites.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { MOST_SEARCHED } from '#operator/tenants.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
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
      <form action={PATH} className="flex max-w-text flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-60">
          <Field
            label={words('search')}
            name="search"
            type="search"
            defaultValue={search}
            maxLength={MOST_SEARCHED}
          />
        </div>
        <Button type="submit">{words('find')}</Button>
      </form>
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
