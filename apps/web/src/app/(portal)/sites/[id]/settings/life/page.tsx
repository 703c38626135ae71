import { shownHost } from '@footfall/core/host';
import { otherTeams } from '#access/other-teams.ts';
import { sitePage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { ResetProgress } from '#settings/reset-progress.tsx';
import { retentionChoices } from '#settings/retention-choices.ts';
import { SettingsFrame } from '#settings/settings-frame.tsx';
import { SiteRetention } from '#settings/site-retention.tsx';
import { SiteSwitch } from '#settings/site-switch.tsx';
import { DeleteSite, MoveSite, ResetSite } from '#settings/typed-confirm.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('siteLife');

export default sitePage('/sites/[id]/settings/life', async ({ member, site }) => {
  const words = await readerWords('life');
  const resets = (await member.tenant.removals.list(site.id)).filter(({ isReset }) => isReset);
  const domain = shownHost(site.domain);
  const teams = await otherTeams(member, 'site.create');
  const planMonths = await member.tenant.sites.longestRetention();
  const choices = retentionChoices(site, { most: planMonths ?? Number.POSITIVE_INFINITY, now: Date.now() });
  const formats = formatsIn(await readerLocale());
  const title = (
    <h1 className="text-lg font-semibold">
      {words.rich('title', { domain, name: (text) => <Unbroken>{text}</Unbroken> })}
    </h1>
  );
  return (
    <ClientWords of={['life', 'proof', 'failures']}>
      <SettingsFrame siteId={site.id} part="/life" title={title}>
        <Panel aria-labelledby="switch">
          <PanelHead id="switch" title={words('switchTitle')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('switchText')}</p>
            <SiteSwitch siteId={site.id} enabled={site.enabled} />
          </div>
        </Panel>
        <Panel aria-labelledby="keep">
          <PanelHead id="keep" title={words('keepTitle')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('keepText')}</p>
            <SiteRetention
              siteId={site.id}
              months={site.retentionMonths}
              planMonths={planMonths}
              choices={choices.map((choice) => ({
                ...choice,
                firstDay: formats.days(choice.firstDay, choice.firstDay),
              }))}
            />
          </div>
        </Panel>
        <Panel aria-labelledby="move">
          <PanelHead id="move" title={words('moveTitle')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('moveText')}</p>
            {teams.length === 0 ? (
              <p>{words('moveNone')}</p>
            ) : (
              <MoveSite siteId={site.id} domain={domain} teams={teams} />
            )}
          </div>
        </Panel>
        <Panel aria-labelledby="reset">
          <PanelHead id="reset" title={words('resetTitle')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('resetText')}</p>
            <ResetProgress
              resets={resets}
              timezone={site.timezone}
              isRecounting={site.nextTimezone !== null}
            />
            <ResetSite siteId={site.id} domain={domain} />
          </div>
        </Panel>
        <Panel aria-labelledby="delete">
          <PanelHead id="delete" title={words('deleteTitle')} />
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">{words('deleteText')}</p>
            <DeleteSite siteId={site.id} domain={domain} />
          </div>
        </Panel>
        <RefreshWhile active={resets.some(({ state }) => state === 'removing')} />
      </SettingsFrame>
      <Shortcuts />
    </ClientWords>
  );
});
