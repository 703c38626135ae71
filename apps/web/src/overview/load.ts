import { LOGIC_VERSION } from '@footfall/core/logic-version';
import { localDay } from '@footfall/core/zone';
import type { Site } from '@footfall/db/tenant/site';
import { cache } from 'react';
import { parseFilters } from '#reports/address.ts';
import { askContext } from '#reports/ask.ts';
import { chosenTab, PANEL_NAMES } from '#reports/breakdown.ts';
import { type Period, periodChoice, resolvePeriod } from '#reports/period.ts';
import { loadPulse, type Pulse } from '#reports/pulse.ts';
import { type Overview, overview } from '#reports/report.ts';
import { namedSegment } from '#reports/segment.ts';

export type LoadedOverview = {
  period: Period;
  compare: boolean;
  /** The segment whose numbers are shown, by its name. */
  segment: string | null;
  report: Overview;
  pulse: Pulse;
  /** There is something to show, or on its way. */
  started: boolean;
  /** When it was loaded, epoch milliseconds, and the site's day then. */
  now: number;
  today: string;
  logicVersion: string;
};

/** Everything that the overview of a site shows for the parameters of an address: once a request, for the page and the bar over it; `who` asks, by id. */
export const loadOverview = cache(
  async (site: Site, who: string, search: string): Promise<LoadedOverview> => {
    const parameters = new URLSearchParams(search);
    // The pulse first: numbers that change while the report is read are seen to have changed.
    const asked = await askContext(site, who);
    // The weeks of the site's own pages; those of the API begin on Mondays.
    const context = { ...asked, site: { ...asked.site, weekStart: site.weekStart } };
    const pulse = await loadPulse(site, context);
    const segment = await namedSegment(site, parameters);
    const states = await context.read((source) => source.dayStates(site.id, site.generation, null, null));
    const clock = { zone: site.timezone, now: context.now };
    const period = resolvePeriod(periodChoice(parameters), { ...clock, firstDay: states[0]?.day });
    const compare = parameters.get('compare') !== 'off';
    const report = await overview(
      {
        period,
        compare,
        filters: parseFilters(parameters),
        segment: segment?.filters ?? [],
        tabs: PANEL_NAMES.map((panel) => chosenTab(panel, parameters)),
      },
      context,
    );
    return {
      period,
      compare,
      segment: segment?.name ?? null,
      report,
      pulse,
      started: pulse.started || states.length > 0,
      now: context.now,
      today: localDay(site.timezone, context.now),
      logicVersion: String(LOGIC_VERSION),
    };
  },
);
