import { sendsMail } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { ForgotPasswordForm } from '#account/mailed-forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('forgotPassword');

export default publicPage('/forgot-password', async () => {
  const words = await readerWords('entry');
  return (
    <AuthFrame title={words('forgotTitle')} footer={<TextLink href="/sign-in">{words('signIn')}</TextLink>}>
      <ClientWords of={['mailed', 'failures']}>
        <ForgotPasswordForm sendsMail={sendsMail()} />
      </ClientWords>
    </AuthFrame>
  );
});
