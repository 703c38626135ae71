import { shownHost } from '@footfall/core/host';
import { selectPagePatterns } from '@footfall/core/intake-rules';
import type { ReactNode } from 'react';
import { recordThatProves } from '#access/domain-check.ts';
import { sitePage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { monthOfTenant } from '#reports/usage.ts';
import { DomainPanel } from '#settings/domain-panel.tsx';
import { INTAKE_FIELDS, type IntakeField } from '#settings/intake-fields.ts';
import { IntakeRules } from '#settings/intake-rules.tsx';
import { SettingsFrame } from '#settings/settings-frame.tsx';
import { SiteDetails } from '#settings/site-details.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { currencies, timezones } from '#sites/choices.ts';
import { trackingSnippet } from '#sites/snippet.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('settings');

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-0">
      <dt className="text-quiet">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export default sitePage('/sites/[id]/settings', async ({ member, site, collectorUrl }) => {
  const [month, domain] = await Promise.all([
    monthOfTenant(site.tenantId),
    member.tenant.sites.domain(site.id),
  ]);
  const rules = Object.fromEntries(INTAKE_FIELDS.map((name) => [name, site[name].join('\n')]));
  const snippet = trackingSnippet(site, collectorUrl);
  const words = await readerWords('settings');
  const formats = formatsIn(await readerLocale());
  const title = (
    <h1 className="text-lg font-semibold">
      {words.rich('title', {
        domain: shownHost(site.domain),
        name: (text) => <Unbroken>{text}</Unbroken>,
      })}
    </h1>
  );
  return (
    <ClientWords of={['sites', 'details', 'intake', 'domain', 'failures']}>
      <SettingsFrame siteId={site.id} part="" title={title}>
        <Panel aria-labelledby="site">
          <PanelHead id="site" title={words('site')}>
            <CopyButton text={snippet} label={words('copySnippet')} />
          </PanelHead>
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <dl className="pb-2">
              <Fact term={words('siteKey')}>
                <code className="font-mono text-xs">{site.siteKey}</code>
              </Fact>
              {month !== null && (
                <Fact term={words('eventsOf', { month: formats.fullMonth(month.firstDay) })}>
                  <span className="tabular-nums">
                    {words('events', {
                      count: formats.exactNumber(month.events),
                      limit: formats.exactNumber(month.limit),
                    })}
                  </span>
                </Fact>
              )}
            </dl>
            <SiteDetails
              site={{
                id: site.id,
                timezone: site.timezone,
                currency: site.currency,
                weekStart: site.weekStart,
              }}
              pendingTimezone={site.nextTimezone === site.timezone ? null : site.nextTimezone}
              timezones={timezones()}
              currencies={currencies(formats)}
            />
          </div>
        </Panel>
        <Panel aria-labelledby="domain">
          <PanelHead id="domain" title={words('domain')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <DomainPanel
              siteId={site.id}
              domain={shownHost(site.domain)}
              standing={domain.standing}
              proofs={domain.proofs.map(({ kind, provenAt }) => ({
                kind,
                since: formats.dayAt(provenAt, site.timezone),
              }))}
              record={recordThatProves(site)}
            />
          </div>
        </Panel>
        <Panel aria-labelledby="counted">
          <PanelHead id="counted" title={words('counted')} />
          <div className="px-4 pt-1 pb-5 sm:px-5">
            <p className="pb-4 text-quiet">{words('countedText')}</p>
            <IntakeRules
              siteId={site.id}
              rules={rules as Record<IntakeField, string>}
              leftOut={selectPagePatterns(site.blockedPages).leftOut}
            />
          </div>
        </Panel>
        <Panel aria-labelledby="keys">
          <PanelHead id="keys" title={words('apiKeys', { account: member.tenantName })} />
          <div className="space-y-2 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('apiKeysText')}</p>
            <p>
              <TextLink href="/keys">{words('apiKeysLink')}</TextLink>
            </p>
          </div>
        </Panel>
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
