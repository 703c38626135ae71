import { shownHost } from '@footfall/core/host';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#ui/logo.tsx';
import { Foot } from './foot.tsx';
import type { LoadedOverview } from './load.ts';
import { OverviewKeys } from './overview-keys.tsx';
import { OverviewReport } from './overview-report.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { PulseArea, PulseHearing } from './pulse-context.tsx';
import { RefineArea } from './refine.tsx';
import { VisitorsNow } from './visitors-now.tsx';

type Props = {
  site: { id: string; domain: string; timezone: string };
  /** Where the page asks how the site is doing while it is left open. */
  pulseAddress: string;
  loaded: LoadedOverview;
  parameters: URLSearchParams;
  /** One line that says what this is. */
  note: string;
  /** What stands at the end of the bar. */
  children?: ReactNode;
};

/** The overview of a site for whoever has no session: nothing to change, and no way to other sites. */
export function PublicOverview({ site, pulseAddress, loaded, parameters, note, children }: Props) {
  const { period, pulse, today, now, logicVersion } = loaded;
  return (
    <PulseHearing>
      <RefineArea>
        <header className="sticky top-0 z-20 border-b border-line bg-page">
          <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-3 px-4 py-1.5 sm:flex-nowrap sm:px-6">
            <Link href="/" className="inline-flex min-h-11 items-center rounded-sm sm:min-h-9">
              <Logo withName={false} />
            </Link>
            <p className="min-w-0 flex-1 truncate font-medium sm:flex-initial">{shownHost(site.domain)}</p>
            <div className="order-3 flex w-full min-w-0 items-center gap-2 sm:order-2 sm:w-auto sm:flex-1">
              <VisitorsNow siteId={site.id} start={pulse} />
              <div className="ml-auto shrink-0">
                <PeriodPicker period={period} today={today} />
              </div>
            </div>
            <div className="order-2 ml-auto sm:order-3">{children}</div>
          </div>
        </header>
        <PulseArea siteId={site.id} start={pulse} address={pulseAddress}>
          <main className="mx-auto max-w-page px-4 pt-6 sm:px-6">
            <h1 className="sr-only">{shownHost(site.domain)}</h1>
            <div className="refining-content space-y-6">
              <p className="text-quiet">{note}</p>
              <OverviewReport loaded={loaded} parameters={parameters} />
            </div>
            <Foot siteId={null} timezone={site.timezone} now={now} logicVersion={logicVersion} />
          </main>
          <OverviewKeys />
        </PulseArea>
      </RefineArea>
    </PulseHearing>
  );
}
