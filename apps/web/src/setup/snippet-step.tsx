import { PLATFORMS, type Platform } from '@footfall/core/platform';
import { Mail } from 'lucide-react';
import { Panel } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import { Blocks } from './markdown.tsx';
import { SnippetPanel } from './snippet-panel.tsx';
import type { InstallSteps } from './split-steps.ts';
import { StepButton } from './step-buttons.tsx';

type Props = {
  site: { id: string; siteKey: string; domain: string };
  snippet: string;
  platform: Platform | null;
  /** Null while no system is chosen: then the line alone is shown. */
  steps: InstallSteps | null;
};

/** A mail to whoever looks after the shop's pages, ready to be addressed. */
function ColleagueLink({
  domain,
  snippet,
  platform,
}: {
  domain: string;
  snippet: string;
  platform: Platform | null;
}) {
  const words = useWords('setup');
  const body = words('mailBody', { domain, snippet, system: platform === null ? '–' : PLATFORMS[platform] });
  const href = `mailto:?subject=${encodeURIComponent(words('mailSubject', { domain }))}&body=${encodeURIComponent(body)}`;
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center gap-2 rounded-md border border-edge bg-surface px-3.5 font-medium hover:bg-sunken sm:min-h-9"
    >
      <Mail aria-hidden className="size-4" />
      {words('toColleague')}
    </a>
  );
}

/** The snippet, filled in, with the steps of the shop's system. */
export function SnippetStep({ site, snippet, platform, steps }: Props) {
  const words = useWords('setup');
  return (
    <>
      <SnippetPanel snippet={snippet} siteKey={site.siteKey} />
      {steps !== null && platform !== null && (
        <Panel className="space-y-4 px-5 py-4">
          <h2 className="font-semibold">{words('stepsFor', { system: PLATFORMS[platform] })}</h2>
          <div className="space-y-4">
            <Blocks tokens={steps.first} />
          </div>
          {steps.beyond.length > 0 && (
            <details>
              <summary className="min-h-11 cursor-pointer py-2.5 font-medium sm:min-h-9">
                {words('beyond')}
              </summary>
              <div className="space-y-4 pt-2">
                <Blocks tokens={steps.beyond} />
              </div>
            </details>
          )}
        </Panel>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <StepButton siteId={site.id} step="check" label={words('pasted')} variant="primary" />
        <ColleagueLink domain={site.domain} snippet={snippet} platform={platform} />
        <StepButton siteId={site.id} step="check" label={words('skip')} variant="quiet" />
      </div>
    </>
  );
}
