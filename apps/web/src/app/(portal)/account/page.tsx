import { tenantRole } from '@footfall/core/access/role';
import { isFreshlyProven } from '#access/fresh-proof.ts';
import { sendsMail } from '#access/mailed-link.ts';
import { listOwnSessions } from '#access/own-sessions.ts';
import { accountPage } from '#access/page.ts';
import { type Account, currentMember } from '#access/session.ts';
import { OwnDataPanel } from '#account/own-data-panel.tsx';
import { PasskeyPanel } from '#account/passkey-panel.tsx';
import { PasswordPanel } from '#account/password-panel.tsx';
import { ProfilePanel } from '#account/profile-panel.tsx';
import { SecondFactorPanel } from '#account/second-factor-panel.tsx';
import { SessionList } from '#account/session-list.tsx';
import { TeamSessionPanel } from '#account/team-session-panel.tsx';
import { VerifyNotice } from '#account/verify-notice.tsx';
import { WaysInPanel } from '#account/ways-in-panel.tsx';
import { teamProviderId } from '#auth/provider/team-provider.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { LockedTeams } from '#team/locked-teams.tsx';
import { type OwnTeam, OwnTeams } from '#team/own-teams.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('account');

/** The teams of an account, the one that pages are shown of marked; also those that it sees nothing of for now, to leave them. */
async function listOwnTeams(account: Account): Promise<OwnTeam[]> {
  const chosen = await currentMember();
  const { memberships, locked } = account;
  return [...memberships, ...locked].flatMap((membership) => {
    const { tenantId, tenantName, role: text } = membership;
    const isLocked = locked.includes(membership);
    const role = tenantRole(text);
    const isChosen = tenantId === chosen?.tenant.tenantId;
    return role === null ? [] : [{ tenantId, name: tenantName, role, isChosen, isLocked }];
  });
}

export default accountPage('/account', async ({ account, searchParams }) => {
  const words = await readerWords('account');
  const formats = formatsIn(await readerLocale());
  const teams = await listOwnTeams(account);
  const { onlyTenant } = account.session;
  const locked = account.locked
    .filter(({ requiresSignOn }) => requiresSignOn)
    .map(({ tenantId, tenantName: name }) => ({ tenantId, name, providerId: teamProviderId(tenantId) }));
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
    <ClientWords
      of={[
        'account',
        'team',
        'profile',
        'password',
        'proof',
        'secondFactor',
        'passkeys',
        'waysIn',
        'failures',
      ]}
    >
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{account.user.email}</p>
        </div>
        {!account.user.isVerified && !sendsMail() && (
          <Panel>
            <ClientWords of={['verify', 'failures']}>
              <VerifyNotice email={account.user.email} sendsMail={false} />
            </ClientWords>
          </Panel>
        )}
        {teams.length > 0 && (
          <Panel aria-labelledby="teams">
            <PanelHead id="teams" title={words('teams')} />
            <div className="px-4 pt-1 pb-5 sm:px-5">
              <LockedTeams teams={locked} />
              <OwnTeams teams={teams} />
            </div>
          </Panel>
        )}
        {onlyTenant === null ? (
          <>
            <ProfilePanel account={account} />
            <PasswordPanel account={account} />
            <WaysInPanel account={account} searchParams={searchParams} />
            <SecondFactorPanel account={account} />
            <PasskeyPanel account={account} />
          </>
        ) : (
          <TeamSessionPanel
            providerId={teamProviderId(onlyTenant)}
            isProven={isFreshlyProven(account.session)}
          />
        )}
        <Panel aria-labelledby="sessions">
          <PanelHead id="sessions" title={words('sessions')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('sessionsText')}</p>
            <SessionList sessions={sessions} />
          </div>
        </Panel>
        <OwnDataPanel account={account} />
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
