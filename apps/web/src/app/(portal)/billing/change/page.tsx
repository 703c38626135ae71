import { memberPage } from '#access/page.ts';
import { MoneyForm } from '#billing/money-form.tsx';
import { changePlan } from '#billing/plan-actions.ts';
import { PlanList } from '#billing/plan-list.tsx';
import { PlannedLines, RefusedChange } from '#billing/planned-change.tsx';
import { prepareChange } from '#reports/billing.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('changePlan');

/** What a change of plan will cost, and when it takes place, before anybody agrees to it. */
export default memberPage('/billing/change', async ({ member: { tenant }, searchParams }) => {
  const words = await readerWords('billing');
  const { price } = searchParams;
  const prepared = await prepareChange(tenant.tenantId, typeof price === 'string' ? price : '');
  const isReady = prepared !== null && 'offer' in prepared;
  return (
    <ClientWords of={['proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold wrap-anywhere">
          {isReady ? words('changeTo', { plan: prepared.offer.title }) : words('changePlan')}
        </h1>
        <Panel>
          <div className="space-y-4 px-4 py-5 sm:px-5">
            {isReady ? (
              <>
                <PlannedLines {...prepared} />
                <PlanList gives={prepared.offer} />
                <MoneyForm
                  action={changePlan}
                  fields={{
                    price: prepared.offer.priceId,
                    at: String(prepared.planned.at),
                    due: String(prepared.planned.due),
                  }}
                  label={words(prepared.planned.time === 'now' ? 'changeNow' : 'changeLater')}
                  variant="primary"
                />
              </>
            ) : (
              <RefusedChange failure={prepared?.failure ?? null} />
            )}
            <TextLink href="/billing">{words('toBilling')}</TextLink>
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
