import { mayAssign, TENANT_ROLES } from '@footfall/core/access/role';
import { UNDO_DAYS } from '@footfall/core/undo';
import { memberPage } from '#access/page.ts';
import { memberMay } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { InvitationList } from '#team/invitation-list.tsx';
import { InviteForm } from '#team/invite-form.tsx';
import { MemberList, type MemberRow } from '#team/member-list.tsx';
import { SecondFactorRule } from '#team/second-factor-rule.tsx';
import { TransferForm } from '#team/transfer-form.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('team');

export default memberPage('/team', async ({ member }) => {
  const { tenant, user, role, tenantName } = member;
  const [members, invitations, allSites, isRequired] = await Promise.all([
    tenant.members.list(),
    tenant.invitations.list(),
    tenant.sites.list(),
    tenant.members.readRule(),
  ]);
  const words = await readerWords('team');
  const formats = formatsIn(await readerLocale());
  const sites = allSites.map(({ id, domain }) => ({ id, domain }));
  const roles = TENANT_ROLES.filter((one) => mayAssign(role, one));
  const now = Date.now();
  const rows = members.map(
    ({ joinedAt, ...one }): MemberRow => ({
      ...one,
      joined: words('joined', { day: formats.dayAt(joinedAt, 'UTC') }),
      isReader: one.userId === user.id,
      mayChange: mayAssign(role, one.role),
    }),
  );
  const heirs = members
    .filter(({ userId }) => userId !== user.id)
    .map(({ userId, name, email }) => ({ userId, label: `${name} (${email})` }));
  const open = invitations.map(({ id, email, role: asked, expiresAt }) => ({
    id,
    email,
    role: asked,
    expires: formats.momentAt(expiresAt, 'UTC'),
    hasExpired: expiresAt.getTime() <= now,
  }));
  return (
    <ClientWords of={['team', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{tenantName}</p>
        </div>
        <Panel aria-labelledby="members">
          <PanelHead id="members" title={words('members')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <MemberList members={rows} roles={roles} sites={sites} />
          </div>
        </Panel>
        <Panel aria-labelledby="invite">
          <PanelHead id="invite" title={words('inviteTitle')} />
          <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
            {open.length > 0 && <InvitationList invitations={open} />}
            <InviteForm roles={roles} sites={sites} />
          </div>
        </Panel>
        <Panel aria-labelledby="rule">
          <PanelHead id="rule" title={words('rule')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <SecondFactorRule isRequired={isRequired} />
          </div>
        </Panel>
        <Panel aria-labelledby="sign-on">
          <PanelHead id="sign-on" title={words('signOn')} />
          <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('signOnText')}</p>
            <ButtonLink href="/team/sign-on">{words('signOnLink')}</ButtonLink>
          </div>
        </Panel>
        {memberMay(member, 'tenant.transfer') && (
          <Panel aria-labelledby="transfer">
            <PanelHead id="transfer" title={words('transferTitle')} />
            <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
              <p className="text-quiet">{words(heirs.length > 0 ? 'transferText' : 'transferNobody')}</p>
              {heirs.length > 0 && <TransferForm heirs={heirs} />}
            </div>
          </Panel>
        )}
        {memberMay(member, 'tenant.export') && (
          <Panel aria-labelledby="export">
            <PanelHead id="export" title={words('exportTitle')} />
            <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
              <p className="text-quiet">{words('exportText')}</p>
              <ButtonLink href="/team/export" prefetch={false}>
                {words('export')}
              </ButtonLink>
            </div>
          </Panel>
        )}
        {memberMay(member, 'tenant.delete') && (
          <Panel aria-labelledby="delete">
            <PanelHead id="delete" title={words('deleteTitle')} />
            <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
              <p className="text-quiet">{words('deleteText', { days: UNDO_DAYS })}</p>
              <ButtonLink href="/team/delete" variant="danger">
                {words('deleteLink')}
              </ButtonLink>
            </div>
          </Panel>
        )}
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
