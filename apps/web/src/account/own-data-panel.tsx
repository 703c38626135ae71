import { isFreshlyProven } from '#access/fresh-proof.ts';
import type { Account } from '#access/session.ts';
import { ButtonLink } from '#ui/button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerWords } from '#words/reader.ts';
import { ProofForm } from './proof-form.tsx';

/** What is held about the reader, to take away; and the way to delete the account. */
export async function OwnDataPanel({ account }: { account: Account }) {
  const words = await readerWords('ownData');
  return (
    <Panel aria-labelledby="own-data">
      <PanelHead id="own-data" title={words('title')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('text')}</p>
        {!isFreshlyProven(account.session) && <ProofForm />}
        <div className="flex flex-wrap gap-3">
          {isFreshlyProven(account.session) && (
            <ButtonLink href="/account/export" prefetch={false}>
              {words('download')}
            </ButtonLink>
          )}
          <ButtonLink href="/account/delete" variant="danger">
            {words('delete')}
          </ButtonLink>
        </div>
      </div>
    </Panel>
  );
}
