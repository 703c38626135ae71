import { shownHost } from '@footfall/core/host';
import { recordThatProves } from '#access/domain-check.ts';
import { sitePage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { FurtherDomains } from '#settings/further-domains.tsx';
import { SettingsFrame } from '#settings/settings-frame.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('furtherDomains');

export default sitePage('/sites/[id]/settings/domains', async ({ member, site }) => {
  const words = await readerWords('furtherDomains');
  const domains = await member.tenant.furtherDomains.states(site.id);
  const formats = formatsIn(await readerLocale());
  const toDay = (at: Date | null) => (at === null ? null : formats.dayAt(at, site.timezone));
  const title = (
    <h1 className="text-lg font-semibold">
      {words.rich('title', {
        domain: shownHost(site.domain),
        name: (text) => <Unbroken>{text}</Unbroken>,
      })}
    </h1>
  );
  return (
    <ClientWords of={['furtherDomains', 'failures']}>
      <SettingsFrame siteId={site.id} part="/domains" title={title}>
        <Panel aria-labelledby="further">
          <PanelHead id="further" title={words('further')} />
          <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('text')}</p>
            <FurtherDomains
              siteId={site.id}
              rows={domains.map(({ domain, seenAt, provenAt }) => ({
                domain,
                shown: shownHost(domain),
                seen: toDay(seenAt),
                proven: toDay(provenAt),
                record: recordThatProves({ domain, siteKey: site.siteKey }),
              }))}
            />
          </div>
        </Panel>
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
