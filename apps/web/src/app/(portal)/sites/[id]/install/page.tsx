import { shownHost } from '@footfall/core/host';
import { Fragment } from 'react';
import { sitePage } from '#access/page.ts';
import { askContext } from '#reports/ask.ts';
import { loadPulse } from '#reports/pulse.ts';
import { loadSetupProblems } from '#runtime/setup-problems.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { FirstVisit } from '#sites/first-visit.tsx';
import { PageCheck } from '#sites/page-check.tsx';
import { SetupNotices } from '#sites/setup-notices.tsx';
import { teamLink, trackingSnippet } from '#sites/snippet.ts';
import { TeamLink } from '#sites/team-link.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Panel } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('install');

export default sitePage('/sites/[id]/install', async ({ member, site, collectorUrl }) => {
  const pulse = await loadPulse(site, await askContext(site, member.user.id));
  const words = await readerWords('install');
  const checkWords = await readerWords('pageCheck');
  const snippet = trackingSnippet(site, collectorUrl);
  const problems = await loadSetupProblems();
  return (
    <>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">
            {words.rich('title', {
              domain: shownHost(site.domain),
              name: (text) => <Unbroken>{text}</Unbroken>,
            })}
          </h1>
          <p className="pt-1 text-quiet">
            {words.rich('paste', { head: () => <code className="font-mono text-xs">&lt;head&gt;</code> })}
          </p>
        </div>
        <SetupNotices problems={problems} />
        <Panel>
          <pre className="p-5 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
            <code>
              {snippet.split(' ').map((part, index) => (
                <Fragment key={part}>
                  {index > 0 && ' '}
                  <Unbroken>{part}</Unbroken>
                </Fragment>
              ))}
            </code>
          </pre>
          <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3">
            <p className="text-quiet">
              {words('siteKey')} <code className="font-mono text-xs text-ink">{site.siteKey}</code>
            </p>
            <CopyButton text={snippet} label={words('copySnippet')} />
          </div>
        </Panel>
        <Panel className="px-5 py-4">
          <ClientWords of={['sites']}>
            <FirstVisit siteId={site.id} start={pulse} />
          </ClientWords>
        </Panel>
        <TeamLink link={teamLink(site.domain)} snippet={trackingSnippet(site, collectorUrl, ['team'])} />
        <Panel className="space-y-4 px-5 py-4">
          <div>
            <h2 className="font-semibold">{checkWords('title')}</h2>
            <p className="pt-1 text-quiet">{checkWords('intro')}</p>
          </div>
          <ClientWords of={['pageCheck', 'findings', 'failures']}>
            <PageCheck siteId={site.id} domain={site.domain} />
          </ClientWords>
        </Panel>
        <p className="text-quiet">
          {words.rich('later', {
            settings: (text) => <TextLink href={`/sites/${site.id}/settings`}>{text}</TextLink>,
            overview: (text) => <TextLink href={`/sites/${site.id}`}>{text}</TextLink>,
          })}
        </p>
      </main>
      <Shortcuts />
    </>
  );
});
