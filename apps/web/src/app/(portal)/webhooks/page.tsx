import { memberPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { WebhookForm } from '#webhooks/webhook-form.tsx';
import { DeliveryLog, WebhookList } from '#webhooks/webhook-list.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('webhooks');

export default memberPage('/webhooks', async ({ member: { tenant, tenantName } }) => {
  const [webhooks, deliveries] = await Promise.all([tenant.webhooks.list(), tenant.webhooks.deliveries()]);
  const words = await readerWords('webhooks');
  const formats = formatsIn(await readerLocale());
  const moment = (at: Date) => formats.momentAt(at, 'UTC');
  const urls = new Map(webhooks.map(({ id, url }) => [id, url]));
  return (
    <ClientWords of={['webhooks', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{tenantName}</p>
        </div>
        <Panel aria-labelledby="webhooks">
          <PanelHead id="webhooks" title={words('list')} />
          <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('intro')}</p>
            <WebhookList
              webhooks={webhooks.map(({ id, url, events, enabled, failingSince }) => ({
                id,
                url,
                events,
                enabled,
                facts: failingSince === null ? [] : [words('failingSince', { moment: moment(failingSince) })],
              }))}
            />
          </div>
        </Panel>
        <Panel aria-labelledby="new">
          <PanelHead id="new" title={words('newWebhook')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <WebhookForm />
          </div>
        </Panel>
        <Panel aria-labelledby="log">
          <PanelHead id="log" title={words('log')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <DeliveryLog
              deliveries={deliveries.map(({ id, endpointId, event, state, outcome, durationMs, ...row }) => ({
                id,
                event,
                url: urls.get(endpointId) ?? '',
                state: words(`states.${state as 'queued' | 'delivered' | 'failed'}`),
                canResend: state !== 'queued',
                facts: [
                  words('sentAt', { moment: moment(row.createdAt) }),
                  ...(outcome === null
                    ? []
                    : [words('outcome', { outcome, ms: durationMs ?? 0, tries: row.attempts })]),
                ],
              }))}
            />
          </div>
        </Panel>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
