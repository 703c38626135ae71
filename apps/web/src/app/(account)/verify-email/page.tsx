import { validToken } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { VerifyEmailForm } from '#account/mailed-forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('verifyEmail');

export default publicPage('/verify-email', async ({ searchParams }) => {
  const words = await readerWords('entry');
  const token = await validToken(searchParams, 'verify_email');
  return (
    <AuthFrame title={words('verifyTitle')} footer={<TextLink href="/">{words('toStart')}</TextLink>}>
      {token === null ? (
        <p className="text-quiet">{words('linkOver')}</p>
      ) : (
        <ClientWords of={['mailed', 'failures']}>
          <VerifyEmailForm token={token} />
        </ClientWords>
      )}
    </AuthFrame>
  );
});
