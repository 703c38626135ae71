import { PLATFORMS, type Platform } from '@footfall/core/platform';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import { choosePlatform } from './setup-actions.ts';
import { StepButton } from './step-buttons.tsx';

const ALL = Object.entries(PLATFORMS) as [Platform, string][];

/** Which shop system the site is made with: the steps that follow are that system's. */
export function PlatformStep({ siteId, platform }: { siteId: string; platform: Platform | null }) {
  const words = useWords('setup');
  return (
    <Panel className="p-5">
      <form action={choosePlatform} id="platform">
        <input type="hidden" name="site" value={siteId} />
        <fieldset>
          <legend className="pb-3 font-semibold">{words('whichPlatform')}</legend>
          <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
            {ALL.map(([id, name]) => (
              <label
                key={id}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md border border-edge px-3 py-2 has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name="platform"
                  value={id}
                  required
                  defaultChecked={id === platform}
                  className="size-4 accent-accent"
                />
                <span
                  aria-hidden
                  className="flex size-7 shrink-0 items-center justify-center rounded-sm bg-sunken text-xs font-semibold text-quiet"
                >
                  {name.charAt(0)}
                </span>
                {id === 'html' ? words('ownPages') : name}
              </label>
            ))}
          </div>
        </fieldset>
      </form>
      <div className="flex flex-wrap items-center gap-3 pt-5">
        <Button type="submit" form="platform" variant="primary">
          {words('continue')}
        </Button>
        <StepButton siteId={siteId} step="snippet" label={words('skip')} variant="quiet" />
      </div>
    </Panel>
  );
}
