import { Failure } from '@footfall/core/failure';
import { isHostWithin } from '@footfall/core/host';
import type { outboundFailure } from '@footfall/outbound/errors';
import type { OutboundAnswer, OutboundFetch } from '@footfall/outbound/fetch';
import { FINDINGS, type Finding, type FindingCode, finding } from './finding.ts';
import { type Expected, type Judgement, judgePage } from './judge.ts';
import type { PageAddress } from './page-address.ts';

/** Which page is looked at, for whom, and what should be on it. */
export type PageToCheck = { owner: string; address: PageAddress } & Expected;

/** What was found at which address, worst first. */
export type PageFindings = { url: string; findings: readonly Finding[] };

/** Looks at a shop's page and says what is wrong. Never rejects for what the shop does. */
export type CheckPage = (page: PageToCheck) => Promise<PageFindings>;

type OutboundCode = Parameters<typeof outboundFailure>[0];

/** What it means for a shop that its page could not be had. */
const UNREAD: Readonly<Record<OutboundCode, FindingCode>> = {
  invalid_url: 'not_public',
  blocked_scheme: 'not_public',
  blocked_port: 'not_public',
  blocked_credentials: 'not_public',
  blocked_address: 'not_public',
  blocked_redirect: 'redirected_elsewhere',
  too_many_redirects: 'redirect_loop',
  dns: 'name_unknown',
  refused: 'refused',
  unreachable: 'broken',
  timeout: 'silent',
  tls: 'bad_certificate',
  protocol: 'broken',
  too_large: 'broken',
  status: 'broken',
  busy: 'busy',
};

/** Failures after which the same page without TLS is worth a question. */
const WITHOUT_TLS = new Set(['refused', 'unreachable']);
/** A page of a shop that wants to know which program it is shown to. */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; Footfall-Page-Check)',
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
};
/** What every build of the tracker has in it. */
const TRACKER_MARK = 'AnalyticsService';
const ORDER = ['error', 'warning', 'good', 'note'];

const isFailure = (error: unknown, codes: ReadonlySet<string>) =>
  error instanceof Failure && codes.has(error.code);

async function fetchPage(
  fetch: OutboundFetch,
  { owner, address: { urls, domain } }: PageToCheck,
): Promise<OutboundAnswer> {
  const ask = (url: string) =>
    fetch({
      url,
      owner,
      headers: HEADERS,
      redirects: 5,
      mayFollow: ({ hostname }) => isHostWithin(hostname, domain),
      tooLong: 'cut',
    });
  const [first = '', second] = urls;
  try {
    return await ask(first);
  } catch (error) {
    if (second === undefined || !isFailure(error, WITHOUT_TLS)) throw error;
    return await ask(second);
  }
}

function unread(error: unknown): Finding {
  if (!(error instanceof Failure)) throw error;
  const { host = '…' } = error.values;
  return finding(UNREAD[error.code as OutboundCode] ?? 'broken', { host });
}

/** What is wrong with the address that the page loads the tracker from; null when nothing is, or when it is not ours to know. */
async function checkScript(
  fetch: OutboundFetch,
  script: URL,
  { owner, collectorUrl }: PageToCheck,
): Promise<Finding | null> {
  const isCollector = script.href.startsWith(`${collectorUrl}/`);
  const host = script.host;
  try {
    const { status, body } = await fetch({ url: script, owner, redirects: 2, tooLong: 'cut' });
    if (status !== 200) return finding('script_unreachable', { host });
    return body.includes(TRACKER_MARK) ? null : finding('script_not_tracker', { host });
  } catch (error) {
    const { code } = unread(error);
    // A collector of an inner network is the operator's to mend; the page of the snippet says so.
    return code === 'busy' || (isCollector && code === 'not_public')
      ? null
      : finding('script_unreachable', { host });
  }
}

/** Puts together what was found in the page and at its script. */
function conclude({ findings, hasSnippet }: Judgement, ofScript: Finding | null): Finding[] {
  const all = [
    ...findings.filter(({ code }) => ofScript === null || code !== 'script_proxied'),
    ...(ofScript === null ? [] : [ofScript]),
  ];
  const isWrong = all.some(({ code }) => FINDINGS[code] === 'error');
  if (hasSnippet && !isWrong) all.push(finding('found'));
  const rank = ({ code }: Finding) => ORDER.indexOf(FINDINGS[code]);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

/** A check that asks pages in the one way out. */
export function pageCheck(fetch: OutboundFetch): CheckPage {
  return async (page) => {
    try {
      const { url, status, headers, body, isCut } = await fetchPage(fetch, page);
      const judgement = judgePage({ url, status, headers, html: body.toString(), isCut }, page);
      const { script } = judgement;
      return { url, findings: conclude(judgement, script && (await checkScript(fetch, script, page))) };
    } catch (error) {
      return { url: page.address.urls[0] ?? '', findings: [unread(error)] };
    }
  };
}
