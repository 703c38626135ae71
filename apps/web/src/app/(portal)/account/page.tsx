import { listOwnSessions } from '#access/own-sessions.ts';
import { accountPage } from '#access/page.ts';
import { SessionList } from '#account/session-list.tsx';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('account');

export default accountPage('/account', async ({ account }) => {
  const words = await readerWords('account');
  const formats = formatsIn(await readerLocale());
  const sessions = (await listOwnSessions(account)).map(
    ({ key, browser, network, lastSeenAt, isCurrent }) => ({
      key,
      browser,
      from: network ?? '',
      lastSeen: words('lastSeen', { moment: formats.momentAt(lastSeenAt, 'UTC') }),
      isCurrent,
    }),
  );
  return (
    <ClientWords of={['account']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{account.user.email}</p>
        </div>
        <Panel aria-labelledby="sessions">
          <PanelHead id="sessions" title={words('sessions')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('sessionsText')}</p>
            <SessionList sessions={sessions} />
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
