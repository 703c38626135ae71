/** What pages of the eleven systems of docs/install look like, shortened; `{{head}}` is where a merchant's line comes to stand. */
export const PAGES = {
  html: '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Töpferei</title>{{head}}<link rel="stylesheet" href="/s.css"></head><body><h1>Töpferei</h1></body></html>',
  shopify: `<!doctype html><html class="no-js" lang="en"><head><script>window.performance && window.performance.mark && window.performance.mark('shopify.content_for_header.start');</script>
<meta name="shopify-checkout-api-token" content="0f1e"><link rel="preconnect" href="https://cdn.shopify.com" crossorigin><title>Kiln &amp; Co</title>
<script>var Shopify = Shopify || {};Shopify.shop = "kiln.myshopify.com";Shopify.theme = {"name":"Dawn","id":1};</script>
<script id="shop-js-analytics" type="application/json">{"pageType":"index"}</script>{{head}}</head><body class="gradient"><form action="/search"></form></body></html>`,
  woocommerce: `<!DOCTYPE html><html lang="de"><head><meta name='robots' content='index, follow, max-image-preview:large' />
<title>Kiln – Keramik</title><link rel='stylesheet' id='woocommerce-layout-css' href='https://kiln.example/wp-content/plugins/woocommerce/assets/css/woocommerce-layout.css?ver=9.1' media='all' />
<script src="https://kiln.example/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script>{{head}}<meta name="generator" content="WordPress 6.8" /></head><body class="home wp-theme theme-storefront woocommerce-no-js"></body></html>`,
  magento: `<!doctype html><html lang="en"><head ><script> var LOCALE = 'en\\u002DUS'; var require = {'baseUrl': 'https\\u003A\\u002F\\u002Fkiln.example\\u002Fstatic'};</script>
<meta name="robots" content="INDEX,FOLLOW"/><title>Home page</title><script type="text/javascript" src="https://kiln.example/static/version1/frontend/Magento/luma/en_US/requirejs/require.min.js"></script>{{head}}</head>
<body class="cms-home cms-index-index page-layout-1column"><script type="text/x-magento-init">{"*":{"Magento_Ui/js/core/app":{}}}</script></body></html>`,
  wix: `<!DOCTYPE html><html lang="en"><head><meta name="generator" content="Wix.com Website Builder"/><title>HOME | Kiln</title>
<script type="application/json" id="wix-essential-viewer-model">{"fleetConfig":{}}</script>{{head}}</head><body class='' ><div id="SITE_CONTAINER"></div><script async src="https://static.parastorage.com/services/wix-thunderbolt/dist/main.js"></script></body></html>`,
  squarespace: `<!doctype html><html xmlns:og="http://opengraphprotocol.org/schema/" lang="en-US"><head><base href=""><title>Kiln</title><script type="text/javascript" src="//use.typekit.net/ik/x.js" async></script>
<script type="text/javascript">SQUARESPACE_ROLLUPS = {};</script><script>Static.SQUARESPACE_CONTEXT = {"betaFeatureFlags":[]};</script>{{head}}</head><body id="collection-1" class="primary-button-style-solid"></body></html>`,
  webflow: `<!DOCTYPE html><!-- This site was created in Webflow. https://webflow.com --><html data-wf-domain="kiln.example" data-wf-page="6" data-wf-site="6"><head><meta content="Webflow" name="generator"/><title>Kiln</title>
<script type="text/javascript">!function(o,c){var n=c.documentElement,t=" w-mod-";n.className+=t+"js"}(window,document);</script>{{head}}</head><body></body></html>`,
  'google-tag-manager': `<!doctype html><html><head><script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-ABC123');</script><title>Kiln</title>{{head}}</head><body></body></html>`,
  next: `<!DOCTYPE html><html lang="en"><head><link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/webpack-1.js"/><title>Kiln</title>{{head}}</head>
<body><main></main><script src="/_next/static/chunks/webpack-1.js" async=""></script><script>self.__next_f.push([1,"0:[\\"$\\",\\"html\\"]"])</script></body></html>`,
  react:
    '<!doctype html><html lang="en"><head><title>Kiln</title>{{head}}<script type="module" crossorigin src="/assets/index-1.js"></script></head><body><div id="root"></div></body></html>',
  vue: '<!DOCTYPE html><html><head><title>Kiln</title>{{head}}<link rel="modulepreload" as="script" crossorigin href="/_nuxt/1.js"></head><body><div id="__nuxt"></div><script type="module" src="/_nuxt/1.js" crossorigin></script></body></html>',
} as const;

/** Pages that stand where a shop should. */
export const OTHERS = {
  shopifyPassword: `<!doctype html><html class="no-js" lang="en"><head><title>Kiln</title><link rel="preconnect" href="https://cdn.shopify.com"><script>Shopify.shop = "kiln.myshopify.com";</script></head>
<body class="password"><form method="post" action="/password" id="login_form" class="storefront-password-form"><input type="password" name="password"></form></body></html>`,
  cloudflare: `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><script>(function(){window._cf_chl_opt = {};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1';})();</script></body></html>`,
  akamai:
    '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>Reference&#32;&#35;18&#46;1</BODY></HTML>',
  wordpressMaintenance:
    '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1></body></html>',
  elementorMaintenance:
    '<!DOCTYPE html><html lang="de"><head><title>Kiln</title></head><body class="home page elementor-maintenance-mode"></body></html>',
} as const;
