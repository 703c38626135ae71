import type { DimensionName } from '@footfall/core/dimension';

/** A list of the overview: one dimension, the tab that shows it and the parameter of the address that filters by it. */
export type Breakdown = {
  panel: PanelName;
  /** Name of the tab in the address. */
  tab: string;
  tabLabel: string;
  dimension: DimensionName;
  /** What one row is called, above the list and on filter chips. */
  label: string;
};

/** The panels of the overview in their order. */
export const PANELS = {
  pages: { label: 'Pages' },
  sources: { label: 'Sources' },
  countries: { label: 'Countries' },
  devices: { label: 'Devices' },
} as const satisfies Record<string, { label: string }>;

export type PanelName = keyof typeof PANELS;
export const PANEL_NAMES = Object.keys(PANELS) as PanelName[];

/** Keys are parameters of the address: `?source=Google`. Adding a list is a row. */
export const BREAKDOWNS = {
  page: { panel: 'pages', tab: 'top', tabLabel: 'Top', dimension: 'event:page', label: 'Page' },
  entry_page: {
    panel: 'pages',
    tab: 'entry',
    tabLabel: 'Entry',
    dimension: 'visit:entry_page',
    label: 'Entry page',
  },
  exit_page: {
    panel: 'pages',
    tab: 'exit',
    tabLabel: 'Exit',
    dimension: 'visit:exit_page',
    label: 'Exit page',
  },
  source: {
    panel: 'sources',
    tab: 'sources',
    tabLabel: 'Source',
    dimension: 'visit:source',
    label: 'Source',
  },
  channel: {
    panel: 'sources',
    tab: 'channels',
    tabLabel: 'Channel',
    dimension: 'visit:channel',
    label: 'Channel',
  },
  campaign: {
    panel: 'sources',
    tab: 'campaigns',
    tabLabel: 'Campaign',
    dimension: 'visit:utm_campaign',
    label: 'Campaign',
  },
  country: {
    panel: 'countries',
    tab: 'countries',
    tabLabel: 'Country',
    dimension: 'visit:country',
    label: 'Country',
  },
  device: {
    panel: 'devices',
    tab: 'devices',
    tabLabel: 'Device',
    dimension: 'visit:device',
    label: 'Device',
  },
  browser: {
    panel: 'devices',
    tab: 'browsers',
    tabLabel: 'Browser',
    dimension: 'visit:browser',
    label: 'Browser',
  },
  os: { panel: 'devices', tab: 'systems', tabLabel: 'System', dimension: 'visit:os', label: 'System' },
} as const satisfies Record<string, Breakdown>;

export type BreakdownName = keyof typeof BREAKDOWNS;
export const BREAKDOWN_NAMES = Object.keys(BREAKDOWNS) as BreakdownName[];

/** The lists of a panel, in the order of its tabs. */
export function tabsOf(panel: PanelName): BreakdownName[] {
  return BREAKDOWN_NAMES.filter((name) => BREAKDOWNS[name].panel === panel);
}

/** The list that a panel shows for an address: the tab that it names, else the first. */
export function chosenTab(panel: PanelName, parameters: URLSearchParams): BreakdownName {
  const [first, ...others] = tabsOf(panel);
  const chosen = others.find((name) => BREAKDOWNS[name].tab === parameters.get(panel));
  return chosen ?? (first as BreakdownName);
}
