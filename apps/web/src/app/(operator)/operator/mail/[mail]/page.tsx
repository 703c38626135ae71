import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { MailLetter } from '#operator/mail-letter.tsx';
import { openMail } from '#operator/mails.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { pageTitle } from '#words/reader.ts';

export const generateMetadata = pageTitle('mail');

export default staffPage('/operator/mail/[mail]', async ({ account, params }) => {
  const opened = await openMail(params.mail ?? '', account);
  if (opened === null) notFound();
  return (
    <StaffMain title={opened.mail.subject}>
      <MailLetter {...opened} />
    </StaffMain>
  );
});
