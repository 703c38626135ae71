import { staffPage } from '#access/page.ts';
import { readCursor, readText } from '#operator/address.ts';
import { OlderLink } from '#operator/older-link.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { SubscriberTable } from '#operator/subscriber-table.tsx';
import { AlarmList } from '#operator/subscribers/alarm-list.tsx';
import { loadSubscribers, subscriberState } from '#operator/subscribers/subscriber-console.ts';
import { SubscriberFilter } from '#operator/subscribers/subscriber-filter.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/subscriptions';

export const generateMetadata = pageTitle('subscriptions');

export default staffPage('/operator/subscriptions', async ({ searchParams }) => {
  const words = await readerWords('staffSubscriptions');
  const after = readCursor(searchParams);
  const [search, plan] = [readText(searchParams, 'search'), readText(searchParams, 'plan')];
  const state = subscriberState(readText(searchParams, 'state'));
  const { page, alarms, plans } = await loadSubscribers({ search, state, plan }, after);
  const params = { search, state: state ?? '', plan };
  const isNarrowed = Object.values(params).some((value) => value !== '');
  return (
    <StaffMain title={words('title')}>
      <AlarmList alarms={alarms} />
      <SubscriberFilter path={PATH} {...params} plans={plans} />
      <Panel aria-label={words('title')}>
        {page.rows.length === 0 ? (
          <EmptyState title={words(isNarrowed ? 'noneTitle' : 'emptyTitle')}>
            {words(isNarrowed ? 'noneText' : 'emptyText')}
          </EmptyState>
        ) : (
          <div className="px-4 py-2 sm:px-5">
            <SubscriberTable subscribers={page.rows} />
          </div>
        )}
        <OlderLink path={PATH} params={params} isOlder={after !== null} next={page.next} />
      </Panel>
    </StaffMain>
  );
});
