import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { readText } from '#operator/address.ts';
import { loadMoves, moveManner } from '#operator/moves/move-console.ts';
import { MovePanels } from '#operator/moves/move-panels.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

/** How often the page is asked for again while a move goes on, milliseconds. */
const EVERY_MS = 10_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const generateMetadata = pageTitle('movePlan');

export default staffPage('/operator/plans/[plan]/move', async ({ params, searchParams }) => {
  const words = await readerWords('moves');
  const name = params.plan ?? '';
  const day = readText(searchParams, 'until');
  const asked = {
    to: readText(searchParams, 'to'),
    manner: moveManner(readText(searchParams, 'manner')) ?? 'now',
    until: DAY.test(day) ? day : '',
  };
  const trialEndsAt = asked.until === '' ? null : Date.parse(`${asked.until}T00:00:00Z`);
  const { to, manner } = asked;
  const loaded = await loadMoves(name, to === '' ? null : { to, manner, trialEndsAt });
  if (loaded === null) notFound();
  return (
    <ClientWords of={['moves', 'proof', 'failures']}>
      <StaffMain title={words('title', { plan: loaded.plan.title })}>
        <p className="-mt-5 text-quiet">
          <code className="font-mono text-xs">{loaded.plan.name}</code>
        </p>
        <MovePanels loaded={loaded} path={`/operator/plans/${encodeURIComponent(name)}/move`} asked={asked} />
        <RefreshWhile active={loaded.moves.some(({ state }) => state === 'running')} everyMs={EVERY_MS} />
      </StaffMain>
    </ClientWords>
  );
});
