import { redirect } from 'next/navigation';
import { sendsMail } from '#access/mailed-link.ts';
import { publicPage } from '#access/page.ts';
import { RequestLinkForm } from '#account/link-forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { nextPath } from '#auth/next-path.ts';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('signInMail');

export default publicPage('/sign-in/mail', async ({ account, searchParams }) => {
  const next = nextPath(searchParams.next);
  if (account !== null) redirect(next);
  const words = await readerWords('entry');
  return (
    <AuthFrame
      title={words('mailTitle')}
      footer={<TextLink href={`/sign-in?next=${encodeURIComponent(next)}`}>{words('otherWay')}</TextLink>}
    >
      <ClientWords of={['mailed', 'failures']}>
        <RequestLinkForm next={next} sendsMail={sendsMail()} />
      </ClientWords>
    </AuthFrame>
  );
});
