import { isFreshlyProven } from '#access/fresh-proof.ts';
import type { Account } from '#access/session.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerWords } from '#words/reader.ts';
import { EmailForm, ProfileForm } from './profile-forms.tsx';

/** What whoever reads the page is called, in which language they get mails, and at which address. */
export async function ProfilePanel({ account }: { account: Account }) {
  const words = await readerWords('profile');
  const { user, session } = account;
  return (
    <Panel aria-labelledby="profile">
      <PanelHead id="profile" title={words('title')} />
      <div className="space-y-6 px-4 pt-1 pb-5 sm:px-5">
        <ProfileForm name={user.name} locale={user.locale ?? ''} />
        <EmailForm isProven={isFreshlyProven(session)} />
      </div>
    </Panel>
  );
}
