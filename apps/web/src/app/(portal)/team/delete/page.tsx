import { UNDO_DAYS } from '@footfall/core/undo';
import { memberPage } from '#access/page.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { DeleteForm } from '#team/delete-form.tsx';
import { Panel } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('deleteTeam');

/** What happens when a team is deleted, in this order. */
const STEPS = ['atOnce', 'undo', 'gone', 'stays'] as const;

export default memberPage('/team/delete', async ({ member }) => {
  const { tenant, tenantName: name } = member;
  const [sites, members, keys] = await Promise.all([
    tenant.sites.list(),
    tenant.members.list(),
    tenant.apiKeys.list(),
  ]);
  const words = await readerWords('deleteTeam');
  const counts = { sites: sites.length, members: members.length, keys: keys.length };
  return (
    <ClientWords of={['deleteTeam', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold wrap-anywhere">{words('title', { name })}</h1>
          <p className="pt-1 text-quiet">{words('parts', counts)}</p>
        </div>
        <Panel>
          <div className="space-y-5 px-4 py-5 sm:px-5">
            <ul className="list-disc space-y-2 pl-5">
              {STEPS.map((step) => (
                <li key={step}>{words(`steps.${step}`, { days: UNDO_DAYS })}</li>
              ))}
            </ul>
            <DeleteForm name={name} />
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
