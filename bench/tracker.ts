// What the tracker costs a page: bytes and time of the main thread, beside other analytics from npm, in one run of one Chromium.
// `npm run bench:tracker`; `-- --runs 9` for more runs of each. Peers are packed by npm into a folder that is removed again.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { installedChromium } from '@footfall/testkit/chromium';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { buildScripts } from '../packages/tracker/build.ts';

/** A phone of the lower middle, by the measure of Chromium's developer tools. */
const THROTTLING = 6;
/** A shop's long list of products. */
const ELEMENTS = 9_000;
/** Milliseconds after the page has loaded in which scripts may still do what they put off. */
const AFTER_LOAD = 1_500;

/** How a page starts each peer, as its README says, all sending to the same collector, with what ours does if it has it. */
const PEERS: { name: string; start: string }[] = [
  {
    name: '@plausible-analytics/tracker@0.4.6',
    start: `import { init } from '@plausible-analytics/tracker';
      init({ domain: 'shop.example', endpoint: location.origin + '/collect', captureOnLocalhost: true });`,
  },
  {
    name: 'plausible-tracker@0.3.9',
    start: `import Plausible from 'plausible-tracker';
      Plausible({ domain: 'shop.example', apiHost: location.origin, trackLocalhost: true }).enableAutoPageviews();`,
  },
  {
    name: 'ackee-tracker@5.1.3',
    start: `import * as ackee from 'ackee-tracker';
      ackee.create(location.origin, { ignoreLocalhost: false, detailed: true }).record('hd11f820-68a1-11e6-8047-79c0c2d9bce0');`,
  },
  {
    name: 'countly-sdk-web@26.1.1',
    start: `import Countly from 'countly-sdk-web';
      Countly.init({ app_key: 'key', url: location.origin }); Countly.track_sessions(); Countly.track_pageview();`,
  },
  {
    name: 'posthog-js@1.449.2',
    start: `import posthog from 'posthog-js';
      posthog.init('key', { api_host: location.origin, autocapture: false, disable_session_recording: true,
        advanced_disable_decide: true, disable_surveys: true });`,
  },
];

type Script = { name: string; code: string; attributes: string };

/** Installs a peer into a folder of its own and bundles what a page would load. */
async function bundlePeer(folder: string, { name, start }: (typeof PEERS)[number]): Promise<Script> {
  const home = join(folder, name.replace(/\W+/g, '-'));
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', name], {
    cwd: home,
    stdio: 'ignore',
  });
  const { outputFiles } = await build({
    stdin: { contents: start, resolveDir: home },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  return { name, code: outputFiles[0]?.text ?? '', attributes: '' };
}

async function ownScript(folder: string): Promise<Script> {
  await buildScripts(folder);
  return {
    name: 'Footfall',
    code: await readFile(join(folder, 'a.js'), 'utf8'),
    attributes: 'data-site="key"',
  };
}

/** A page that is still to be laid out when deferred scripts run. */
const writePage = ({
  attributes,
}: Script) => `<!doctype html><title>List</title><script defer src="/a.js" ${attributes}></script>
  <style>.p { display: inline-flex; width: 30%; margin: 1px } .p b { flex: 1 }</style><body>${Array.from(
    { length: ELEMENTS / 3 },
    (_, i) => `<div class="p"><b>Product ${i}</b><i>${i}.00 €</i></div>`,
  ).join('')}</body>`;

async function serve(script: Script): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      response.writeHead(202, { 'content-type': 'application/json' });
      response.end('{}');
      return;
    }
    const isScript = request.url === '/a.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(isScript ? script.code : request.url === '/' ? writePage(script) : '<title>Next</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** CPU time of the thread, which other work of the machine does not lengthen. */
  tdur?: number;
  tid: number;
  pid: number;
  args: { data?: { url?: string }; beginData?: unknown };
};
type Cost = { total: number; layout: number };
type Costs = { load: Cost; leave: Cost };

/** Milliseconds in which the main thread ran this script, and those of them in which the page was laid out for it. */
function sumUp(events: TraceEvent[], url: string): Cost {
  const complete = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  const ours = complete
    .filter(({ args }) => args.data?.url?.startsWith(url))
    .filter(({ name }) => ['EvaluateScript', 'v8.compile', 'FunctionCall'].includes(name))
    .sort((a, b) => a.ts - b.ts);
  // One that runs within another is counted by it.
  const outer: TraceEvent[] = [];
  for (const event of ours) {
    const around = outer.at(-1);
    if (around === undefined || event.ts >= around.ts + (around.dur ?? 0)) outer.push(event);
  }
  const within = ({ ts, tid, pid }: TraceEvent) =>
    outer.some((one) => one.tid === tid && one.pid === pid && ts >= one.ts && ts < one.ts + (one.dur ?? 0));
  const layouts = complete
    .filter(({ name }) => name === 'Layout' || name === 'UpdateLayoutTree')
    .filter(within);
  const sum = (list: TraceEvent[]) => list.reduce((ms, { dur = 0, tdur = dur }) => ms + tdur / 1_000, 0);
  return { total: sum(outer), layout: sum(layouts) };
}

/** Loads the page once, looks at it and leaves it. */
async function measure(browser: Browser, url: string): Promise<Costs> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
  const traced = async (work: () => Promise<unknown>): Promise<Cost> => {
    await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
    await work();
    const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
    return sumUp(trace.traceEvents, `${url}/a.js`);
  };
  const load = await traced(async () => {
    await page.goto(url);
    await page.waitForTimeout(AFTER_LOAD);
  });
  const leave = await traced(() => page.goto(`${url}/next`));
  await context.close();
  return { load, leave };
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const folder = await mkdtemp(join(tmpdir(), 'footfall-bench-'));
const executablePath = installedChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const scripts = [await ownScript(folder)];
  for (const peer of PEERS) scripts.push(await bundlePeer(folder, peer));
  console.log(`${ELEMENTS} elements, ${THROTTLING} times slower, median of ${values.runs} runs`);
  for (const script of scripts) {
    const { url, close } = await serve(script);
    const costs: Costs[] = [];
    for (let run = 0; run < Number(values.runs); run++) costs.push(await measure(browser, url));
    close();
    const bytes = gzipSync(script.code, { level: 9 }).length;
    const of = (pick: (costs: Costs) => number) => `${median(costs.map(pick)).toFixed(0).padStart(6)} ms`;
    console.log(
      `${script.name.padEnd(36)} ${String(bytes).padStart(7)} bytes`,
      `load ${of(({ load }) => load.total)}, of it layout ${of(({ load }) => load.layout)};`,
      `leave ${of(({ leave }) => leave.total)}`,
    );
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
