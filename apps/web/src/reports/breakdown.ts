import type { DimensionName } from '@footfall/core/dimension';

/** A list of the overview: one dimension, the tab that shows it and the parameter of the address that filters by it. */
export type Breakdown = {
  panel: PanelName;
  /** Name of the tab in the address; its words are `tabs` of words/. */
  tab: string;
  dimension: DimensionName;
};

/** The panels of the overview in their order. */
export const PANEL_NAMES = ['pages', 'sources', 'countries', 'devices'] as const;

export type PanelName = (typeof PANEL_NAMES)[number];

/** Keys are parameters of the address: `?source=Google`. Adding a list is a row, and the name of its tab in words/. */
export const BREAKDOWNS = {
  page: { panel: 'pages', tab: 'top', dimension: 'event:page' },
  entry_page: { panel: 'pages', tab: 'entry', dimension: 'visit:entry_page' },
  exit_page: { panel: 'pages', tab: 'exit', dimension: 'visit:exit_page' },
  source: { panel: 'sources', tab: 'sources', dimension: 'visit:source' },
  channel: { panel: 'sources', tab: 'channels', dimension: 'visit:channel' },
  campaign: { panel: 'sources', tab: 'campaigns', dimension: 'visit:utm_campaign' },
  country: { panel: 'countries', tab: 'countries', dimension: 'visit:country' },
  device: { panel: 'devices', tab: 'devices', dimension: 'visit:device' },
  browser: { panel: 'devices', tab: 'browsers', dimension: 'visit:browser' },
  os: { panel: 'devices', tab: 'systems', dimension: 'visit:os' },
} as const satisfies Record<string, Breakdown>;

export type BreakdownName = keyof typeof BREAKDOWNS;
export const BREAKDOWN_NAMES = Object.keys(BREAKDOWNS) as BreakdownName[];

/** The lists of a panel, in the order of its tabs. */
export function listTabs(panel: PanelName): BreakdownName[] {
  return BREAKDOWN_NAMES.filter((name) => BREAKDOWNS[name].panel === panel);
}

/** The list that a panel shows for an address: the tab that it names, else the first. */
export function chosenTab(panel: PanelName, parameters: URLSearchParams): BreakdownName {
  const [first, ...others] = listTabs(panel);
  const chosen = others.find((name) => BREAKDOWNS[name].tab === parameters.get(panel));
  return chosen ?? (first as BreakdownName);
}
