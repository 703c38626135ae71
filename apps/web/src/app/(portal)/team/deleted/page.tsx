import { goneAt } from '@footfall/core/undo';
import { accountPage } from '#access/page.ts';
import { asMember, memberMay } from '#access/session.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { KeepForm } from '#team/keep-form.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('deletedTeam');

/** The teams of whoever reads it that are being deleted: by whom, until when they can be had back, and by whom. */
export default accountPage('/team/deleted', async ({ account }) => {
  const words = await readerWords('deletedTeam');
  const formats = formatsIn(await readerLocale());
  const teams = account.deleting.flatMap((membership) => {
    const { tenantId, tenantName: name, deletion } = membership;
    if (deletion === null) return [];
    const member = asMember(account, membership);
    const gone = goneAt(deletion.askedAt);
    const mayUndo = member !== null && memberMay(member, 'tenant.delete') && gone.getTime() > Date.now();
    return [{ tenantId, name, ...deletion, gone, mayUndo }];
  });
  return (
    <ClientWords of={['deletedTeam', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold">{words('title')}</h1>
        {teams.length === 0 && <p className="text-quiet">{words('none')}</p>}
        {teams.map(({ tenantId, name, askedAt, askedBy, gone, mayUndo }) => (
          <Panel key={tenantId} aria-labelledby={tenantId}>
            <div className="space-y-4 px-4 py-5 sm:px-5">
              <h2 id={tenantId} className="font-semibold wrap-anywhere">
                {name}
              </h2>
              <p className="wrap-anywhere">
                {words('asked', {
                  person: askedBy ?? words('somebody'),
                  moment: formats.momentAt(askedAt, 'UTC'),
                })}
              </p>
              <p>{words(mayUndo ? 'untilOwner' : 'until', { moment: formats.momentAt(gone, 'UTC') })}</p>
              {mayUndo && <KeepForm tenantId={tenantId} name={name} />}
            </div>
          </Panel>
        ))}
        <p>
          <TextLink href="/account">{words('toAccount')}</TextLink>
        </p>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
