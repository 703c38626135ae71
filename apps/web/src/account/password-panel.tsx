import { hasOwnPassword } from '#access/own-account.ts';
import type { Account } from '#access/session.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerWords } from '#words/reader.ts';
import { PasswordForm } from './password-form.tsx';

/** The password of whoever reads the page. */
export async function PasswordPanel({ account }: { account: Account }) {
  const words = await readerWords('password');
  return (
    <Panel aria-labelledby="password">
      <PanelHead id="password" title={words('title')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('text')}</p>
        <PasswordForm email={account.user.email} hasPassword={await hasOwnPassword(account)} />
      </div>
    </Panel>
  );
}
