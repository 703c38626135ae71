import { shownHost } from '@footfall/core/host';
import { isSetupStep, type SetupStep } from '@footfall/core/platform';
import { installSteps } from '#access/install-steps.ts';
import { sitePage } from '#access/page.ts';
import { ADDRESSES } from '#access/screens.ts';
import { askContext } from '#reports/ask.ts';
import { loadPulse } from '#reports/pulse.ts';
import { loadSetupProblems } from '#runtime/setup-problems.ts';
import { fillIn } from '#setup/fill-in.ts';
import { PlatformStep } from '#setup/platform-step.tsx';
import { SnippetPanel } from '#setup/snippet-panel.tsx';
import { SnippetStep } from '#setup/snippet-step.tsx';
import { splitSteps } from '#setup/split-steps.ts';
import { StepButton } from '#setup/step-buttons.tsx';
import { Stepper } from '#setup/stepper.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { FirstVisit } from '#sites/first-visit.tsx';
import { PageCheck } from '#sites/page-check.tsx';
import { SetupNotices } from '#sites/setup-notices.tsx';
import { teamLink, trackingSnippet } from '#sites/snippet.ts';
import { TeamLink } from '#sites/team-link.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('install');

const DEMO = ADDRESSES.find((address): boolean => address === ('/demo' as string));

/** The step that is shown: the one that is asked for, else where whoever set the site up left off. */
function shownStep(asked: unknown, next: SetupStep): Exclude<SetupStep, 'done'> {
  const step = typeof asked === 'string' && isSetupStep(asked) ? asked : next;
  return step === 'done' ? 'snippet' : step;
}

async function CheckStep({ siteId, domain }: { siteId: string; domain: string }) {
  const words = await readerWords('pageCheck');
  const setup = await readerWords('setup');
  return (
    <>
      <Panel className="space-y-4 px-5 py-4">
        <div>
          <h2 className="font-semibold">{words('title')}</h2>
          <p className="pt-1 text-quiet">{words('intro')}</p>
        </div>
        <ClientWords of={['pageCheck', 'findings', 'failures']}>
          <PageCheck siteId={siteId} domain={domain} />
        </ClientWords>
      </Panel>
      <StepButton siteId={siteId} step="done" label={setup('finish')} />
    </>
  );
}

export default sitePage('/sites/[id]/install', async ({ member, site, collectorUrl, searchParams }) => {
  const pulse = await loadPulse(site, await askContext(site, member.user.id));
  const words = await readerWords('install');
  const setup = await readerWords('setup');
  const { platform, step: next } = (await member.tenant.sites.findSetup(site.id)) ?? {
    platform: null,
    step: 'done',
  };
  const step = shownStep(searchParams.step, next);
  const problems = await loadSetupProblems();
  const steps =
    step !== 'snippet' || platform === null
      ? null
      : splitSteps(fillIn(await installSteps(platform), { siteKey: site.siteKey, collectorUrl }));
  const domain = shownHost(site.domain);
  const snippet = trackingSnippet(site, collectorUrl);
  const paste = (
    <p className="text-quiet">
      {words.rich('paste', { head: () => <code className="font-mono text-xs">&lt;head&gt;</code> })}
    </p>
  );
  return (
    <>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div className="space-y-3">
          <h1 className="text-lg font-semibold">
            {words.rich('title', { domain, name: (text) => <Unbroken>{text}</Unbroken> })}
          </h1>
          <Stepper siteId={site.id} current={step} reached={next} />
          {step === 'snippet' && paste}
        </div>
        <SetupNotices problems={problems} />
        {step === 'platform' && (
          <>
            <PlatformStep siteId={site.id} platform={platform} />
            {paste}
            <SnippetPanel snippet={snippet} siteKey={site.siteKey} />
          </>
        )}
        {step === 'snippet' && (
          <SnippetStep site={{ ...site, domain }} snippet={snippet} platform={platform} steps={steps} />
        )}
        {step === 'check' && (
          <>
            <CheckStep siteId={site.id} domain={site.domain} />
            <TeamLink link={teamLink(site.domain)} snippet={trackingSnippet(site, collectorUrl, ['team'])} />
          </>
        )}
        <Panel className="px-5 py-4">
          <ClientWords of={['sites']}>
            <FirstVisit siteId={site.id} start={pulse} />
          </ClientWords>
        </Panel>
        <p className="text-quiet">
          {words.rich('later', {
            settings: (text) => <TextLink href={`/sites/${site.id}/settings`}>{text}</TextLink>,
            overview: (text) => <TextLink href={`/sites/${site.id}`}>{text}</TextLink>,
          })}{' '}
          {DEMO !== undefined && <TextLink href={DEMO}>{setup('demo')}</TextLink>}
        </p>
      </main>
      <Shortcuts />
    </>
  );
});
