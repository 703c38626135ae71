import { shownHost } from '@footfall/core/host';
import { GRACE_DAYS } from '@footfall/core/key-grace';
import { sitePage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { SettingsFrame } from '#settings/settings-frame.tsx';
import { type FormerKeyRow, FormerKeys, RotateKey } from '#settings/site-keys.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { trackingSnippet } from '#sites/snippet.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('siteKey');

export default sitePage('/sites/[id]/settings/key', async ({ member, site, collectorUrl }) => {
  const words = await readerWords('siteKey');
  const formats = formatsIn(await readerLocale());
  const moment = (at: Date) => formats.momentAt(at, site.timezone);
  const former = (await member.tenant.siteKeys.list(site.id)).map(
    ({ siteKey, endsAt, events, lastEventAt }): FormerKeyRow => ({
      siteKey,
      endsAt: moment(endsAt),
      events: formats.exactNumber(events),
      lastEventAt: lastEventAt === null ? null : moment(lastEventAt),
    }),
  );
  const title = (
    <h1 className="text-lg font-semibold">
      {words.rich('title', {
        domain: shownHost(site.domain),
        name: (text) => <Unbroken>{text}</Unbroken>,
      })}
    </h1>
  );
  return (
    <ClientWords of={['siteKey', 'proof', 'failures']}>
      <SettingsFrame siteId={site.id} part="/key" title={title}>
        <Panel aria-labelledby="current">
          <PanelHead id="current" title={words('current')}>
            <CopyButton text={trackingSnippet(site, collectorUrl)} label={words('copySnippet')} />
          </PanelHead>
          <div className="space-y-3 px-4 pt-1 pb-5 sm:px-5">
            <p>
              <code className="font-mono text-xs">{site.siteKey}</code>
            </p>
            <p className="text-quiet">{words('currentText')}</p>
            <p>
              <TextLink href={`/sites/${site.id}/install`}>{words('toInstall')}</TextLink>
            </p>
          </div>
        </Panel>
        <Panel aria-labelledby="another">
          <PanelHead id="another" title={words('another')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('anotherText')}</p>
            <RotateKey siteId={site.id} grace={GRACE_DAYS} />
          </div>
        </Panel>
        {former.length > 0 && (
          <Panel aria-labelledby="former">
            <PanelHead id="former" title={words('former')} />
            <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
              <p className="text-quiet">{words('formerText')}</p>
              <FormerKeys siteId={site.id} rows={former} />
            </div>
          </Panel>
        )}
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
