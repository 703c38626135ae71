import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { currentSecondStep } from '#access/second-step.ts';
import { AuthFrame } from '#auth/frame.tsx';
import { SecondFactorForm } from '#auth/second-factor-form.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('secondFactor');

export default publicPage('/sign-in/second-factor', async ({ account }) => {
  if (account !== null) redirect('/');
  if ((await currentSecondStep()) === null) redirect('/sign-in');
  const words = await readerWords('entry');
  return (
    <AuthFrame
      title={words('secondFactor')}
      footer={<TextLink href="/sign-in">{words('otherAccount')}</TextLink>}
    >
      <ClientWords of={['auth', 'failures']}>
        <SecondFactorForm />
      </ClientWords>
    </AuthFrame>
  );
});
