import { listTeamsOwnedAlone } from '#access/own-account.ts';
import { accountPage } from '#access/page.ts';
import { DeleteAccountForm } from '#account/delete-form.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('deleteAccount');

/** What happens when an account is deleted, in this order. */
const STEPS = ['gone', 'audit', 'teams'] as const;

export default accountPage('/account/delete', async ({ account }) => {
  const words = await readerWords('deleteAccount');
  const alone = await listTeamsOwnedAlone(account);
  return (
    <ClientWords of={['deleteAccount', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{account.user.email}</p>
        </div>
        <Panel>
          <div className="space-y-5 px-4 py-5 sm:px-5">
            <ul className="list-disc space-y-2 pl-5">
              {STEPS.map((step) => (
                <li key={step}>{words(`steps.${step}`)}</li>
              ))}
            </ul>
            {alone.length === 0 ? (
              <DeleteAccountForm email={account.user.email} />
            ) : (
              <div className="space-y-3">
                <p className="font-medium">{words('alone')}</p>
                <ul className="list-disc pl-5 font-medium wrap-anywhere">
                  {alone.map(({ tenantId, tenantName }) => (
                    <li key={tenantId}>{tenantName}</li>
                  ))}
                </ul>
                <p>
                  {words.rich('settle', {
                    team: (text) => <TextLink href="/team">{text}</TextLink>,
                    account: (text) => <TextLink href="/account">{text}</TextLink>,
                  })}
                </p>
              </div>
            )}
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
