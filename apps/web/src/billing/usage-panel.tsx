import type { SiteUse } from '@footfall/db/billing/site-use';
import { useFormats } from '#format/formats.ts';
import type { TenantAccount } from '#reports/account.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';

/** How much of a plan is used, as a bar; more than all of it fills it. */
function UsageBar({ events, limit }: { events: number; limit: number }) {
  const share = Math.min(1, events / limit);
  return (
    <svg width="100%" height="8" aria-hidden="true" className="rounded-sm bg-sunken">
      <rect
        width={`${share * 100}%`}
        height="8"
        rx="4"
        className={events > limit ? 'fill-worse' : 'fill-accent'}
      />
    </svg>
  );
}

/** The events of each site, the busiest first. */
function SiteUseTable({ sites }: { sites: readonly SiteUse[] }) {
  const words = useWords('billing');
  const formats = useFormats();
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{words('bySite')}</caption>
      <thead>
        <tr className="border-b border-line text-left text-quiet">
          <th scope="col" className="py-2 pr-3 font-normal">
            {words('site')}
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            {words('events')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sites.map(({ siteId, domain, events }) => (
          <tr key={siteId}>
            <th scope="row" className="py-2 pr-3 text-left font-normal wrap-anywhere">
              {domain}
            </th>
            <td className="py-2 text-right tabular-nums">{formats.exactNumber(events)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a tenant has used of its plan this month, how it will be at its end, and by which sites. */
export function UsagePanel({ account, sites }: { account: TenantAccount; sites: readonly SiteUse[] }) {
  const words = useWords('billing');
  const formats = useFormats();
  const { events, forecast, period, entitlement } = account;
  const limit = entitlement.limits.events_per_month;
  const last = formats.dayAt(period.to - 1, 'UTC');
  return (
    <Panel aria-labelledby="usage">
      <PanelHead id="usage" title={words('usage')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <div className="space-y-2">
          <p className="text-2xl font-semibold tabular-nums">{formats.exactNumber(events)}</p>
          {limit !== null && <UsageBar events={events} limit={limit} />}
          <p className="text-quiet">
            {limit === null
              ? words('usedOfAny', { day: formats.dayAt(period.from, 'UTC') })
              : words('usedOf', {
                  limit: formats.exactNumber(limit),
                  day: formats.dayAt(period.from, 'UTC'),
                })}{' '}
            {forecast === null
              ? words('noForecast')
              : words('forecast', { events: formats.exactNumber(forecast), day: last })}
          </p>
        </div>
        {sites.length > 0 && <SiteUseTable sites={sites} />}
        <p className="text-quiet">{words('counted')}</p>
      </div>
    </Panel>
  );
}
