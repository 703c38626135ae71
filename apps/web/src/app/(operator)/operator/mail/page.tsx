import { staffPage } from '#access/page.ts';
import { listAddress, readCursor, readText } from '#operator/address.ts';
import { MailTable } from '#operator/mail-table.tsx';
import { loadMails, MAIL_STATES, mailState } from '#operator/mails.ts';
import { OlderLink } from '#operator/older-link.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/mail';

export const generateMetadata = pageTitle('mails');

export default staffPage('/operator/mail', async ({ searchParams }) => {
  const words = await readerWords('staffMails');
  const state = mailState(readText(searchParams, 'state'));
  const after = readCursor(searchParams);
  const { rows, next } = await loadMails(state, after);
  const params = { state: state ?? '' };
  return (
    <StaffMain title={words('title')}>
      <p className="-mt-4 max-w-text text-quiet">{words('text')}</p>
      <nav aria-label={words('states.label')} className="flex flex-wrap gap-1">
        {[null, ...MAIL_STATES].map((one) => (
          <ButtonLink
            key={one ?? 'all'}
            href={listAddress(PATH, { state: one ?? '' }, null)}
            variant={one === state ? 'secondary' : 'quiet'}
            aria-current={one === state ? 'page' : undefined}
          >
            {words(`states.${one ?? 'all'}`)}
          </ButtonLink>
        ))}
      </nav>
      <Panel aria-label={words('title')}>
        {rows.length === 0 ? (
          <EmptyState title={words('emptyTitle')}>{words('emptyText')}</EmptyState>
        ) : (
          <div className="px-4 py-2 sm:px-5">
            <MailTable mails={rows} />
          </div>
        )}
        <OlderLink path={PATH} params={params} isOlder={after !== null} next={next} />
      </Panel>
    </StaffMain>
  );
});
