import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { listProviders } from '#access/provider-flow.ts';
import { SignUpForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { ProviderButtons } from '#auth/provider-buttons.tsx';
import { SecureNotice } from '#auth/secure-notice.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('signUp');

export default publicPage('/sign-up', async ({ account, signUp: mode, webUrl }) => {
  if (account !== null) redirect('/');
  const words = await readerWords('entry');
  return (
    <AuthFrame
      title={words('signUpTitle')}
      footer={
        <>
          {words('haveAccount')} <TextLink href="/sign-in">{words('signIn')}</TextLink>
        </>
      }
    >
      {mode === 'open' ? (
        <ClientWords of={['auth', 'failures']}>
          <SecureNotice webUrl={webUrl} />
          <SignUpForm />
          <ProviderButtons providers={listProviders()} />
        </ClientWords>
      ) : (
        <p className="text-quiet">{words(mode === 'invited' ? 'signUpInvited' : 'signUpClosed')}</p>
      )}
    </AuthFrame>
  );
});
