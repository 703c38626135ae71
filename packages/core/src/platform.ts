/** Systems that shops are made with, by the name of their page in docs/install; in the order in which they are offered. */
export const PLATFORMS = {
  shopify: 'Shopify',
  woocommerce: 'WooCommerce, WordPress',
  magento: 'Magento, Adobe Commerce',
  wix: 'Wix',
  squarespace: 'Squarespace',
  webflow: 'Webflow',
  'google-tag-manager': 'Google Tag Manager',
  next: 'Next.js',
  react: 'React',
  vue: 'Vue, Nuxt',
  html: 'HTML',
} as const;

export type Platform = keyof typeof PLATFORMS;

/** Whether a text names a system of the table. */
export const isPlatform = (text: string | null): text is Platform =>
  text !== null && Object.hasOwn(PLATFORMS, text);

/** The steps of setting up a site, in their order; `done`: nothing is left. */
export const SETUP_STEPS = ['platform', 'snippet', 'check', 'done'] as const;

export type SetupStep = (typeof SETUP_STEPS)[number];

/** Whether a text names a step. */
export const isSetupStep = (text: string): text is SetupStep =>
  (SETUP_STEPS as readonly string[]).includes(text);
