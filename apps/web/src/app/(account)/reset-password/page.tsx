import { validToken } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { ResetPasswordForm } from '#account/mailed-forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('resetPassword');

export default publicPage('/reset-password', async ({ searchParams }) => {
  const words = await readerWords('entry');
  const token = await validToken(searchParams, 'reset_password');
  const footer = <TextLink href="/forgot-password">{words('newLink')}</TextLink>;
  return (
    <AuthFrame title={words('resetTitle')} footer={footer}>
      {token === null ? (
        <p className="text-quiet">{words('linkOver')}</p>
      ) : (
        <ClientWords of={['mailed', 'failures']}>
          <ResetPasswordForm token={token} />
        </ClientWords>
      )}
    </AuthFrame>
  );
});
