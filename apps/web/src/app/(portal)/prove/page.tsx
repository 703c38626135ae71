import { findProofToken } from '#access/mailed-link.ts';
import { accountPage } from '#access/page.ts';
import { ProveLinkForm } from '#account/prove-link-form.tsx';
import { Panel } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('prove');

export default accountPage('/prove', async ({ account, searchParams }) => {
  const words = await readerWords('entry');
  const token = await findProofToken(searchParams, account);
  return (
    <main className="mx-auto w-full max-w-form px-4 py-10 sm:px-6">
      <Panel className="space-y-4 p-6">
        <h1 className="text-lg font-semibold">{words('proveTitle')}</h1>
        {token === null ? (
          <p className="text-quiet">{words('proveOver')}</p>
        ) : (
          <ClientWords of={['proof', 'failures']}>
            <ProveLinkForm token={token} />
          </ClientWords>
        )}
      </Panel>
    </main>
  );
});
