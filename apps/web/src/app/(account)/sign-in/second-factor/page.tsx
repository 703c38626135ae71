import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { listUsablePasskeys } from '#access/passkeys.ts';
import { currentSecondStep } from '#access/second-step.ts';
import { AuthFrame } from '#auth/frame.tsx';
import { SecondPasskey } from '#auth/passkey-button.tsx';
import { SecondFactorForm } from '#auth/second-factor-form.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('secondFactor');

export default publicPage('/sign-in/second-factor', async ({ account }) => {
  if (account !== null) redirect('/');
  const step = await currentSecondStep();
  if (step === null) redirect('/sign-in');
  const words = await readerWords('entry');
  return (
    <AuthFrame
      title={words('secondFactor')}
      footer={<TextLink href="/sign-in">{words('otherAccount')}</TextLink>}
    >
      <ClientWords of={['auth', 'passkeys', 'failures']}>
        <SecondFactorForm />
        {(await listUsablePasskeys(step.user)).length > 0 && (
          <div className="pt-3">
            <SecondPasskey />
          </div>
        )}
      </ClientWords>
    </AuthFrame>
  );
});
