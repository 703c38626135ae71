import { plainText } from './plain-text.ts';

/** What another product derived of a user agent, in its own words. */
export type StatedAgent = { browser?: unknown; os?: unknown; osVersion?: unknown; device?: unknown };

type Rule = readonly [pattern: RegExp, text: string];

const KIT = 'AppleWebKit/. (KHTML, like Gecko)';

/** The first that fits counts; the dots stand for versions, which are not known. */
const BROWSERS: readonly Rule[] = [
  [/edg/i, `${KIT} Chrome/. Safari/. Edg/.`],
  [/opera|opr/i, `${KIT} Chrome/. Safari/. OPR/.`],
  [/samsung/i, `${KIT} SamsungBrowser/. Chrome/. Mobile Safari/.`],
  [/yandex/i, `${KIT} Chrome/. YaBrowser/. Safari/.`],
  [/firefox|fxios/i, 'Gecko/. Firefox/.'],
  [/chrom|crios|brave|webview/i, `${KIT} Chrome/. Safari/.`],
  [/safari|^ios/i, `${KIT} Version/. Safari/.`],
  [/^(ie|internet explorer|msie)/i, 'Trident/. MSIE .'],
];

const phone = /mobile|phone/i;
const tablet = /tablet/i;

function formatSystem({ os, osVersion, device }: StatedAgent): string | null {
  const name = plainText(os);
  const kind = plainText(device);
  const version = /\d+(?:[._]\d+)*/.exec(plainText(osVersion))?.[0]?.replaceAll('.', '_') ?? '_';
  if (/ipad/i.test(name) || (/ios/i.test(name) && tablet.test(kind)))
    return `iPad; CPU OS ${version} like Mac OS X`;
  if (/ios|iphone/i.test(name)) return `iPhone; CPU iPhone OS ${version} like Mac OS X`;
  if (/android/i.test(name)) return `Linux; Android; ${tablet.test(kind) ? 'Tablet' : 'Mobile'}; rv:.`;
  if (/windows/i.test(name))
    return /server|xp|vista| 7| 8/i.test(name) ? 'Windows' : 'Windows NT 10.0; Win64; x64';
  if (/mac|os ?x|darwin/i.test(name)) return 'Macintosh; Intel Mac OS X';
  if (/chrom(e|ium) ?os|cros/i.test(name)) return 'X11; CrOS x86_64';
  if (/linux|ubuntu|bsd/i.test(name)) return 'X11; Linux x86_64';
  if (phone.test(kind)) return 'Mobile';
  return null;
}

/**
 * A user agent that says no more than what was stated: our own look-up makes browser, system and device of it again. Events take no
 * derived values from outside, so that history can be derived anew.
 */
export function agentText(stated: StatedAgent): string | undefined {
  const system = formatSystem(stated);
  const name = plainText(stated.browser);
  const [, browser] = BROWSERS.find(([pattern]) => pattern.test(name)) ?? [];
  if (system === null && browser === undefined) return undefined;
  return `Mozilla/5.0 (${system ?? 'Unknown'})${browser === undefined ? '' : ` ${browser}`}`;
}
