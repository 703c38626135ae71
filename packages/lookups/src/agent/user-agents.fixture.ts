/** What nearly every browser calls its engine. */
export const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
/** A browser of Chrome's engine on a system. */
export const chrome = (system: string, end = 'Chrome/126.0.0.0 Safari/537.36') =>
  `Mozilla/5.0 (${system}) ${WEBKIT} ${end}`;
/** Chrome on a model of Android. */
export const android = (model: string, end = 'Chrome/126.0.0.0 Mobile Safari/537.36') =>
  chrome(`Linux; Android 14; ${model}`, end);
/** What every browser on an iPhone begins with. */
export const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
