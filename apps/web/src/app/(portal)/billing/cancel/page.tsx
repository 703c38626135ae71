import { CANCEL_REASONS } from '@footfall/billing/gateway';
import { memberPage } from '#access/page.ts';
import { MoneyForm } from '#billing/money-form.tsx';
import { cancelPlan } from '#billing/plan-actions.ts';
import { formatsIn } from '#format/formats.ts';
import { loadSubscription } from '#reports/billing.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { SelectField, TextAreaField } from '#ui/field.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('cancelPlan');

/** Says what happens when a plan is cancelled, and asks why. */
export default memberPage('/billing/cancel', async ({ member: { tenant } }) => {
  const words = await readerWords('billing');
  const formats = formatsIn(await readerLocale());
  const subscription = await loadSubscription(tenant.tenantId);
  const isOn = subscription !== null && subscription.endsAt === null;
  const end = subscription?.periodEnd ?? null;
  return (
    <ClientWords of={['proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold">{words('cancelTitle')}</h1>
        <Panel>
          <div className="space-y-5 px-4 py-5 sm:px-5">
            {isOn ? (
              <>
                <p>
                  {end === null
                    ? words('cancelText')
                    : words('cancelTextUntil', { day: formats.dayAt(end, 'UTC') })}
                </p>
                <MoneyForm action={cancelPlan} label={words('cancel')} variant="danger">
                  <SelectField label={words('reason')} name="reason">
                    {CANCEL_REASONS.map((reason) => (
                      <option key={reason} value={reason}>
                        {words(`reasons.${reason}`)}
                      </option>
                    ))}
                  </SelectField>
                  <TextAreaField label={words('reasonText')} name="text" rows={4} maxLength={500} />
                </MoneyForm>
              </>
            ) : (
              <p>{words('nothingToCancel')}</p>
            )}
            <TextLink href="/billing">{words('toBilling')}</TextLink>
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
