import { validToken } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { NewEmailForm } from '#account/new-email-form.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('changeEmail');

export default publicPage('/change-email', async ({ searchParams }) => {
  const words = await readerWords('entry');
  const token = await validToken(searchParams, 'change_email');
  return (
    <AuthFrame title={words('changeEmailTitle')} footer={<TextLink href="/">{words('toStart')}</TextLink>}>
      {token === null ? (
        <p className="text-quiet">{words('linkOver')}</p>
      ) : (
        <ClientWords of={['mailed', 'failures']}>
          <NewEmailForm token={token} />
        </ClientWords>
      )}
    </AuthFrame>
  );
});
