import { shownHost } from '@footfall/core/host';
import { siteMetadata, sitePage } from '#access/page.ts';
import { memberMay } from '#access/session.ts';
import { Foot } from '#overview/foot.tsx';
import { loadOverview } from '#overview/load.ts';
import { OverviewKeys } from '#overview/overview-keys.tsx';
import { OverviewReport } from '#overview/overview-report.tsx';
import { PulseArea } from '#overview/pulse-context.tsx';
import { QuotaNotice } from '#overview/quota-notice.tsx';
import { toParameters } from '#reports/address.ts';
import { monthOfTenant } from '#reports/usage.ts';
import { ButtonLink } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Panel } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { useWords } from '#words/use-words.ts';

export const generateMetadata = siteMetadata('/sites/[id]', (site) => ({ title: shownHost(site.domain) }));

function Invitation({ siteId, mayInstall }: { siteId: string; mayInstall: boolean }) {
  const words = useWords('overview');
  return (
    <Panel>
      <EmptyState
        title={words('emptyTitle')}
        action={
          mayInstall ? (
            <ButtonLink href={`/sites/${siteId}/install`} variant="primary">
              {words('emptyAction')}
            </ButtonLink>
          ) : undefined
        }
      >
        {words('emptyText')}
      </EmptyState>
    </Panel>
  );
}

export default sitePage('/sites/[id]', async ({ member, site, searchParams }) => {
  const parameters = toParameters(searchParams);
  const [loaded, month] = await Promise.all([
    loadOverview(site, member.user.id, parameters.toString()),
    monthOfTenant(site.tenantId),
  ]);
  const { pulse, started, now, logicVersion } = loaded;
  return (
    <ClientWords of={['overview', 'foot', 'periods', 'chart', 'metrics']}>
      <PulseArea siteId={site.id} start={pulse}>
        <main className="mx-auto max-w-page px-4 pt-6 sm:px-6">
          <h1 className="sr-only">{shownHost(site.domain)}</h1>
          <div className="refining-content space-y-6">
            <QuotaNotice month={month} />
            {started ? (
              <OverviewReport loaded={loaded} parameters={parameters} />
            ) : (
              <Invitation siteId={site.id} mayInstall={memberMay(member, 'site.configure', site.id)} />
            )}
          </div>
          <Foot siteId={site.id} timezone={site.timezone} now={now} logicVersion={logicVersion} />
        </main>
        <OverviewKeys />
      </PulseArea>
    </ClientWords>
  );
});
