import { findLink } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { SignInLinkForm } from '#account/link-forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('signIn');

export default publicPage('/sign-in-link', async ({ searchParams }) => {
  const words = await readerWords('entry');
  const link = await findLink(searchParams);
  const again = <TextLink href="/sign-in/mail">{words('newLink')}</TextLink>;
  if (link === null || link.besides === 'own browser')
    return (
      <AuthFrame title={words('signIn')} footer={again}>
        <p className="text-quiet">{words(link === null ? 'linkOver' : 'linkElsewhere')}</p>
      </AuthFrame>
    );
  const { token, email, besides } = link;
  return (
    <AuthFrame title={words('signIn')} footer={<TextLink href="/sign-in">{words('otherWay')}</TextLink>}>
      <ClientWords of={['mailed', 'failures']}>
        <SignInLinkForm token={token} email={email} asksPassword={besides === 'password'} />
      </ClientWords>
    </AuthFrame>
  );
});
