import { staffPage } from '#access/page.ts';
import { readCursor } from '#operator/address.ts';
import { OlderLink } from '#operator/older-link.tsx';
import { loadSubscribers } from '#operator/plans.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { SubscriberTable } from '#operator/subscriber-table.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/subscriptions';

export const generateMetadata = pageTitle('subscriptions');

export default staffPage('/operator/subscriptions', async ({ searchParams }) => {
  const words = await readerWords('staffSubscriptions');
  const after = readCursor(searchParams);
  const { rows, next } = await loadSubscribers(after);
  return (
    <StaffMain title={words('title')}>
      <Panel aria-label={words('title')}>
        {rows.length === 0 ? (
          <EmptyState title={words('emptyTitle')}>{words('emptyText')}</EmptyState>
        ) : (
          <div className="px-4 py-2 sm:px-5">
            <SubscriberTable subscribers={rows} />
          </div>
        )}
        <OlderLink path={PATH} params={{}} isOlder={after !== null} next={next} />
      </Panel>
    </StaffMain>
  );
});
