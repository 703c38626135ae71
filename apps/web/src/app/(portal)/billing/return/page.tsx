import { memberPage } from '#access/page.ts';
import { loadOutcome } from '#reports/billing.ts';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('paid');

/** How often it is looked again whether a payment has come. */
const LOOK_MS = 4_000;

/** Where whoever has paid comes back to: it says what came of it, and offers no second way to pay. */
export default memberPage('/billing/return', async ({ member: { tenant }, searchParams }) => {
  const words = await readerWords('billing');
  const { session_id: given } = searchParams;
  const outcome = await loadOutcome(tenant.tenantId, typeof given === 'string' ? given : '');
  const isOpen = outcome === 'pending' || outcome === 'away';
  return (
    <>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div className="space-y-2" role="status">
          <h1 className="text-lg font-semibold">{words(`outcomes.${outcome}.title`)}</h1>
          <p className="text-quiet">{words(`outcomes.${outcome}.text`)}</p>
        </div>
        <ButtonLink href="/billing" prefetch={false}>
          {words('toBilling')}
        </ButtonLink>
        <RefreshWhile active={isOpen} everyMs={LOOK_MS} />
      </main>
      <Shortcuts />
    </>
  );
});
