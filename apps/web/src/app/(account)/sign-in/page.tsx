import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { takesPasskeys } from '#access/passkeys.ts';
import { listProviders } from '#access/provider-flow.ts';
import { SignInForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { nextPath } from '#auth/next-path.ts';
import { PasskeySignIn } from '#auth/passkey-button.tsx';
import { ProviderButtons } from '#auth/provider-buttons.tsx';
import { ProviderNotice } from '#auth/provider-notice.tsx';
import { SecureNotice } from '#auth/secure-notice.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('signIn');

export default publicPage('/sign-in', async ({ account, searchParams, webUrl }) => {
  const next = nextPath(searchParams.next);
  if (account !== null) redirect(next);
  const words = await readerWords('entry');
  return (
    <AuthFrame
      title={words('signIn')}
      footer={
        <>
          {words('newHere')} <TextLink href="/sign-up">{words('createOne')}</TextLink>
        </>
      }
    >
      {searchParams.reset === '1' && (
        <p role="status" className="pb-4 text-quiet">
          {words('passwordSaved')}
        </p>
      )}
      <ProviderNotice searchParams={searchParams} />
      <ClientWords of={['auth', 'passkeys', 'failures']}>
        <SecureNotice webUrl={webUrl} />
        <SignInForm next={next} />
        <div className="space-y-3 pt-3">
          {takesPasskeys() && <PasskeySignIn next={next} />}
          <ButtonLink href={`/sign-in/mail?next=${encodeURIComponent(next)}`} className="w-full">
            {words('byMail')}
          </ButtonLink>
        </div>
        <p className="pt-4 text-center">
          <TextLink href="/forgot-password">{words('forgotPassword')}</TextLink>
        </p>
        <ProviderButtons providers={listProviders()} next={next} />
      </ClientWords>
    </AuthFrame>
  );
});
