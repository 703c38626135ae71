import { TENANT_ROLES } from '@footfall/core/access/role';
import { memberPage } from '#access/page.ts';
import { recordOfDomain, signOnRedirect } from '#access/sign-on.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { SignOnDomains } from '#team/sign-on-domains.tsx';
import { RemoveSignOn, SignOnForm } from '#team/sign-on-form.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('signOn');

export default memberPage('/team/sign-on', async ({ member: { tenant, tenantName } }) => {
  const [settings, domains, allSites] = await Promise.all([
    tenant.signOn.read(),
    tenant.signOn.listDomains(),
    tenant.sites.list(),
  ]);
  const words = await readerWords('signOn');
  const formats = formatsIn(await readerLocale());
  const day = (at: Date | null) => (at === null ? null : formats.dayAt(at, 'UTC'));
  const rows = domains.map(({ provenAt, failingSince, checkedAt, ...one }) => ({
    domain: one.domain,
    standing: one.standing,
    since: day(provenAt),
    failingSince: day(failingSince),
    isChecked: checkedAt !== null,
    record: recordOfDomain(one),
  }));
  return (
    <ClientWords of={['signOn', 'team', 'proof', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{tenantName}</p>
          <p className="pt-3 text-quiet">{words('intro')}</p>
        </div>
        <Panel aria-labelledby="domains">
          <PanelHead id="domains" title={words('domains')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('domainsText')}</p>
            <SignOnDomains domains={rows} />
          </div>
        </Panel>
        <Panel aria-labelledby="provider">
          <PanelHead id="provider" title={words('provider')} />
          <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
            <SignOnForm
              settings={settings}
              redirectUri={signOnRedirect(tenant.tenantId)}
              roles={TENANT_ROLES.filter((role) => role !== 'owner')}
              sites={allSites.map(({ id, domain }) => ({ id, domain }))}
            />
            {settings !== null && <RemoveSignOn />}
          </div>
        </Panel>
        <TextLink href="/team">{words('toTeam')}</TextLink>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
