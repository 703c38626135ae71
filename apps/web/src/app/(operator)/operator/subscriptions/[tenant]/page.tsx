import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { loadSubscriber } from '#operator/subscribers/subscriber-console.ts';
import { SubscriberPanels } from '#operator/subscribers/subscriber-panels.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle } from '#words/reader.ts';

export const generateMetadata = pageTitle('subscriber');

export default staffPage('/operator/subscriptions/[tenant]', async ({ params }) => {
  const loaded = await loadSubscriber(params.tenant ?? '');
  if (loaded === null) notFound();
  return (
    <ClientWords of={['subscriberConsole', 'planConsole', 'plans', 'proof', 'failures']}>
      <StaffMain title={loaded.subscriber.name}>
        <p className="-mt-5 text-quiet">
          <code className="font-mono text-xs">{loaded.subscriber.id}</code>
        </p>
        <SubscriberPanels loaded={loaded} now={Date.now()} />
      </StaffMain>
    </ClientWords>
  );
});
