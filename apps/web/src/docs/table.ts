/** What belongs together in the list of pages; its words are `docs.groups` of words/. */
export const DOCS_GROUPS = ['begin', 'install', 'reports', 'connect', 'trust'] as const;

export type DocsGroup = (typeof DOCS_GROUPS)[number];

/** A page of the documentation: its file below docs/ without its ending, which is its address below `/docs` too. */
type DocsRow = { slug: string; group: DocsGroup };

/** The pages for merchants, in their order. What is for operators and for those who change Footfall stays in the repository. */
export const DOCS_PAGES = [
  { slug: 'install', group: 'begin' },
  { slug: 'tracker', group: 'begin' },
  { slug: 'accounts', group: 'begin' },
  { slug: 'sites', group: 'begin' },
  { slug: 'install/html', group: 'install' },
  { slug: 'install/shopify', group: 'install' },
  { slug: 'install/woocommerce', group: 'install' },
  { slug: 'install/magento', group: 'install' },
  { slug: 'install/wix', group: 'install' },
  { slug: 'install/squarespace', group: 'install' },
  { slug: 'install/webflow', group: 'install' },
  { slug: 'install/google-tag-manager', group: 'install' },
  { slug: 'install/react', group: 'install' },
  { slug: 'install/next', group: 'install' },
  { slug: 'install/vue', group: 'install' },
  { slug: 'metrics', group: 'reports' },
  { slug: 'sources', group: 'reports' },
  { slug: 'glossary', group: 'reports' },
  { slug: 'api', group: 'connect' },
  { slug: 'client', group: 'connect' },
  { slug: 'drop-in', group: 'connect' },
  { slug: 'import', group: 'connect' },
  { slug: 'import-ga4', group: 'connect' },
  { slug: 'security', group: 'trust' },
] as const satisfies readonly DocsRow[];
