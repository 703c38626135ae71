import { isFreshlyProven } from '#access/fresh-proof.ts';
import { describeOwnBrowser } from '#access/own-sessions.ts';
import { listOwnPasskeys, takesPasskeys } from '#access/passkeys.ts';
import type { Account } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerLocale, readerWords } from '#words/reader.ts';
import { Passkeys } from './passkeys.tsx';

/** The passkeys of whoever reads the page. */
export async function PasskeyPanel({ account }: { account: Account }) {
  const words = await readerWords('passkeys');
  const formats = formatsIn(await readerLocale());
  const day = (at: Date) => formats.momentAt(at, 'UTC');
  const rows = (await listOwnPasskeys(account)).map(({ id, name, createdAt, lastUsedAt }) => ({
    id,
    name,
    used:
      lastUsedAt === null
        ? words('neverUsed', { added: day(createdAt) })
        : words('lastUsed', { moment: day(lastUsedAt) }),
  }));
  return (
    <Panel aria-labelledby="passkeys">
      <PanelHead id="passkeys" title={words('title')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('text')}</p>
        <Passkeys
          rows={rows}
          isPossible={takesPasskeys()}
          isProven={isFreshlyProven(account.session)}
          suggestion={await describeOwnBrowser()}
        />
      </div>
    </Panel>
  );
}
