import { tenantRole } from '@footfall/core/access/role';
import { readInvitation } from '#access/invitation.ts';
import { publicPage } from '#access/page.ts';
import { listProviders } from '#access/provider-flow.ts';
import { AuthFrame } from '#auth/frame.tsx';
import { ProviderButtons } from '#auth/provider-buttons.tsx';
import { AcceptForm, JoinForm } from '#team/accept-forms.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('invitation');

export default publicPage('/invitations/[token]', async ({ account, params }) => {
  const { token = '' } = params;
  const words = await readerWords('invitation');
  const invitation = await readInvitation(token);
  if (invitation === null) {
    return (
      <AuthFrame title={words('goneTitle')} footer={<TextLink href="/">{words('home')}</TextLink>}>
        <p>{words('goneText')}</p>
      </AuthFrame>
    );
  }
  const { email, tenantName, role } = invitation;
  const isInvited = account?.user.email === email;
  const signIn = `/sign-in?next=${encodeURIComponent(`/invitations/${token}`)}`;
  return (
    <AuthFrame
      title={words('title', { team: tenantName })}
      footer={<TextLink href="/data-processing">{words('privacy')}</TextLink>}
    >
      <div className="space-y-5">
        <p className="wrap-anywhere">
          {words('text', { email, team: tenantName, role: tenantRole(role) ?? 'other' })}
        </p>
        <ClientWords of={['invitation', 'auth', 'failures']}>
          {isInvited && <AcceptForm token={token} />}
          {account === null && !invitation.hasAccount && (
            <div>
              <JoinForm token={token} email={email} />
              <ProviderButtons providers={listProviders()} next={`/invitations/${token}`} />
            </div>
          )}
        </ClientWords>
        {account === null && invitation.hasAccount && (
          <ButtonLink href={signIn} variant="primary" className="w-full">
            {words('signIn')}
          </ButtonLink>
        )}
        {account !== null && !isInvited && (
          <p className="text-worse wrap-anywhere">{words('otherAccount', { email: account.user.email })}</p>
        )}
      </div>
    </AuthFrame>
  );
});
