import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readConfig, serviceEnvironment } from '@footfall/config/config';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { ROOT } from '@footfall/installation/data-dir';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zip } from '../import/read/zip.fixture.ts';
import type { ImportState } from '../import/send/state.ts';
import { Imports, type Site } from './import.fixture.ts';
import { IMPORT } from './import.ts';
import { IMPORT_COMMANDS } from './imports.ts';

let imports: Imports;
beforeAll(async () => {
  imports = await Imports.start();
}, 600_000);
afterAll(() => imports?.end());

const newSite = () => imports.newSite();
const file = (name: string, content: string | Uint8Array) => imports.file(name, content);
const bring = (site: Site, from: string, more: Record<string, string> = {}) =>
  imports.bring(site, from, more);
const settledLedger = (site: Site) => imports.settledLedger(site);
const queryRows = (site: Site, events: number, query: object) => imports.queryRows(site, events, query);

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const IP = '81.169.181.179';

type Line = {
  second?: number;
  ip?: string;
  target?: string;
  status?: number;
  agent?: string;
  referrer?: string;
};
const combined = ({
  second = 0,
  ip = IP,
  target = '/',
  status = 200,
  agent = AGENT,
  referrer = '-',
}: Line) => {
  const time = `${String(10 + Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
  return `${ip} - - [05/Jan/2026:13:${time} +0100] "GET ${target} HTTP/1.1" ${status} 512 "${referrer}" "${agent}"\n`;
};

test('pages of a log become pageviews with source, country and browser; what is none is counted, and the rest is not lost', async () => {
  const site = await newSite();
  const log = [
    combined({ target: '/p?utm_source=mail' }),
    combined({ second: 5, target: '/a.css' }),
    'not a line of any log\n',
    combined({ second: 9, target: '/cart' }),
    combined({ second: 9, target: '/cart' }),
    combined({ second: 10, target: '/gone', status: 404 }),
    combined({ second: 11, ip: '2a02:8109::7', referrer: 'https://www.google.de/' }),
    combined({ second: 12, agent: BOT }),
  ].join('');
  const from = await file('access.log.gz', gzipSync(log));
  expect(await bring(site, from)).toEqual({
    import_id: expect.stringMatching(/^import_/),
    files: 1,
    formats: ['combined'],
    read: 8,
    accepted: 5,
    rejected: { invalid_record: 1 },
    skipped: 2,
    skipped_reasons: { asset: 1, status: 1 },
    read_before: 0,
    ignored_files: [],
    not_taken: [],
    problems: [expect.objectContaining({ file: 'access.log.gz', line: 3, reason: 'invalid_record' })],
  });
  expect(await settledLedger(site)).toMatchObject({ received: 5, stored: 5, bots: 1 });
  const metrics = ['visitors', 'pageviews'];
  const by = (dimension: string) => queryRows(site, 4, { metrics, dimensions: [dimension] });
  expect(await by('event:page')).toEqual({ '/cart': [1, 2], '/p': [1, 1], '/': [1, 1] });
  expect(await by('visit:source')).toEqual({ mail: [1, 3], Google: [1, 1] });
  expect(await by('visit:country')).toEqual({ DE: [2, 4] });
  expect(await by('visit:browser')).toEqual({ Firefox: [2, 4] });
  expect(await by('time:hour')).toMatchObject({ '2026-01-05T12:00:00+00:00': [2, 4] });
});

test('of a list of forwarded addresses the client counts, visitors are told apart, and no address is a host', async () => {
  const site = await newSite();
  const lists = [`${IP}, 10.0.0.1`, `${IP}, 10.0.0.2`, '10.0.0.3, 2a02:8109::7', `${IP} 10.0.0.1`];
  const front = lists.map((ip, second) => combined({ second, ip }));
  const behind = combined({ second: 9, ip: '10.0.0.1' }).replace(/\n$/, ' "2a02:8109::8, 10.0.0.1" 0.002\n');
  const from = await file('proxy.log', front.join('') + behind);
  expect(await bring(site, from, { client: 'forwarded' })).toMatchObject({ read: 5, accepted: 5 });
  const metrics = ['visitors', 'pageviews'];
  const by = (dimension: string) => queryRows(site, 5, { metrics, dimensions: [dimension] });
  expect(await by('event:hostname')).toEqual({ [site.domain]: [3, 5] });
  expect(await by('visit:country')).toEqual({ DE: [3, 5] });
});

test('a dry run says format, first event and counts, needs no collector and imports nothing', async () => {
  const site = await newSite();
  const from = await file(
    'dry.log',
    combined({ target: '/p' }) + combined({ target: '/a.css' }) + 'broken\n'.repeat(30),
  );
  const config = readConfig({ FOOTFALL_DATA_DIR: imports.footfall.dataDir });
  const dry = { site: site.siteId, from, 'dry-run': 'true' };
  const { json, text, ok } = await IMPORT.run(dry, config, {});
  expect(json).toMatchObject({
    dry_run: true,
    formats: ['combined'],
    read: 32,
    accepted: 1,
    rejected: { invalid_record: 30 },
    skipped_reasons: { asset: 1 },
    first: { url: `https://${site.domain}/p`, ip: IP.replace(/\d+$/, '0') },
    problems: [{ line: 3, count: 30 }],
  });
  expect(text).toMatch(/^dry run[\s\S]*^format +combined: a log of Apache or nginx/m);
  expect([ok, text.includes(IP)]).toEqual([true, false]);
  expect(await settledLedger(site)).toMatchObject({ received: 0 });
});

test('an import of which nothing is taken fails, and says what the file looks like', async () => {
  const site = await newSite();
  const config = readConfig({ FOOTFALL_DATA_DIR: imports.footfall.dataDir });
  const run = async (name: string, content: string, more: object = {}) =>
    IMPORT.run({ site: site.siteId, from: await file(name, content), ...more }, config, {});
  const wrong = await run('wrong.log', combined({}), { format: 'envoy' });
  expect([wrong.ok, wrong.json.not_taken]).toMatchObject([false, [{ file: 'wrong.log' }]]);
  expect(wrong.text).toMatch(
    /nothing was taken of wrong.log: it looks like a log of Apache or nginx.*--format combined/,
  );
  const empty = await run('imported_visitors.csv', 'date,visitors\nyesterday,3\n');
  expect([empty.ok, empty.json.not_taken]).toMatchObject([false, [{ remedy: 'see the problems' }]]);
  const again = await run('wrong.log', combined({}));
  expect(again.ok).toBe(true);
  expect((await run('wrong.log', combined({}))).ok).toBe(true);
});

test('the same again, under another name, grown, or overlapping counts nothing twice', async () => {
  const site = await newSite();
  const lines = Array.from({ length: 60 }, (_, n) =>
    combined({ second: Math.floor(n / 2), target: '/same' }),
  );
  const first = await file('a/access.log', lines.slice(0, 40).join(''));
  expect(await bring(site, first)).toMatchObject({ read: 40, accepted: 40, read_before: 0 });
  expect(await bring(site, first)).toMatchObject({
    import_id: null,
    read: 40,
    accepted: 40,
    read_before: 40,
  });
  expect(await settledLedger(site)).toMatchObject({ received: 40, stored: 40, duplicate: 0 });

  const renamed = await file('a/access.log.1', lines.slice(0, 40).join(''));
  expect(await bring(site, renamed)).toMatchObject({ read_before: 40 });
  expect(await settledLedger(site)).toMatchObject({ received: 40 });

  await appendFile(first, lines.slice(40, 50).join(''));
  expect(await bring(site, first)).toMatchObject({ read: 50, accepted: 50, read_before: 40 });
  expect(await settledLedger(site)).toMatchObject({ received: 50, stored: 50 });

  const overlapping = await file('a/overlap.log', lines.slice(20).join(''));
  expect(await bring(site, overlapping)).toMatchObject({ read: 40, accepted: 40, read_before: 0 });
  expect(await settledLedger(site)).toMatchObject({ received: 90, stored: 60, duplicate: 30 });

  expect(await bring(site, first, { again: 'true' })).toMatchObject({
    read: 50,
    accepted: 50,
    read_before: 0,
  });
  expect(await settledLedger(site)).toMatchObject({ stored: 60, duplicate: 80 });
});

/** The command as a process of its own that may be killed. */
function spawnImport({ siteId }: Site, from: string): ChildProcess {
  const args = ['apps/admin/src/main.ts', 'import', '--site', siteId, '--from', from];
  const env = serviceEnvironment({ FOOTFALL_DATA_DIR: imports.footfall.dataDir });
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'ignore' });
}

async function readImportState({ siteId }: Site): Promise<ImportState> {
  const at = path.join(imports.footfall.dataDir, 'imports', `${siteId}.json`);
  return existsSync(at)
    ? (JSON.parse(await readFile(at, 'utf8')) as ImportState)
    : { keyId: null, files: [] };
}

test('killed in the middle and said again it goes on, and the total is exact; its API key is revoked', async () => {
  const site = await newSite();
  const count = 20_000;
  const line = (n: number) => combined({ second: n % 2_000, ip: `203.0.113.${n % 200}`, target: `/p/${n}` });
  const from = await file('large.log', Array.from({ length: count }, (_, n) => line(n)).join(''));
  let before = 0;
  for (let kills = 0; kills < 3; kills++) {
    const child = spawnImport(site, from);
    const exit = once(child, 'exit');
    const beyond = async () =>
      Math.max(0, ...(await readImportState(site)).files.map(({ records }) => records)) > before;
    await expect.poll(beyond, { timeout: 30_000, interval: 5 }).toBe(true);
    child.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    const { files, keyId } = await readImportState(site);
    before = Math.max(...files.map(({ records }) => records));
    expect(before).toBeLessThan(count);
    expect(keyId).not.toBeNull();
  }
  const imported = await bring(site, from);
  expect(imported).toMatchObject({ read: count, accepted: count, read_before: before, rejected: {} });
  expect(await settledLedger(site)).toMatchObject({ stored: count });
  expect((await readImportState(site)).keyId).toBeNull();
  await queryRows(site, count, { metrics: ['pageviews'] });
}, 240_000);

test('events of CSV and JSON lines come as they are, money and items too', async () => {
  const site = await newSite();
  const csv = [
    'id,name,timestamp,url,visitor,props.plan,revenue.amount,revenue.currency,order,items',
    'c1,purchase,2026-01-05T10:00:00Z,https://shop.example/thanks,v1,pro,12.34,EUR,A-1,"[{""sku"":""S1"",""quantity"":2}]"',
    'c2,Signup,2026-01-05 11:00:00+01,https://shop.example/join,v2,free,,,,',
    'c3,Signup,2026-01-05T10:00:00Z,nowhere,v2,,,,,',
    'c4,Signup',
  ].join('\n');
  const at = { timestamp: '2026-01-05T10:05:00Z', url: 'https://shop.example/' };
  const jsonl = [{ name: 'pageview', visitor: 'v1', ...at }, { name: 'pageview', ...at }, 7]
    .map((row) => JSON.stringify(row))
    .join('\n');
  await file('events/a.csv', csv);
  await file('events/b.jsonl', jsonl);
  await file('events/README', 'what these are');
  expect(await bring(site, path.join(imports.folder, 'events'))).toMatchObject({
    files: 2,
    formats: ['csv', 'jsonl'],
    read: 7,
    accepted: 3,
    rejected: { invalid_url: 1, invalid_record: 2, visitor_required: 1 },
    ignored_files: ['README'],
    problems: [
      { file: 'a.csv', line: 5, reason: 'invalid_record' },
      { file: 'a.csv', line: 4, reason: 'invalid_url' },
      { file: 'b.jsonl', line: 3, reason: 'invalid_record' },
      { file: 'b.jsonl', line: 2, reason: 'visitor_required' },
    ],
  });
  const metrics = ['visitors', 'total_revenue', 'items_sold'];
  expect(await queryRows(site, 3, { metrics })).toEqual({ '': [2, '12.34', 2] });
  expect(await queryRows(site, 3, { metrics: ['events'], dimensions: ['event:props:plan'] })).toMatchObject({
    pro: [1],
    free: [1],
  });
});

test('tables of Umami and of GA4 become events of their visitors', async () => {
  const site = await newSite();
  const session =
    'session_id,website_id,browser,os,device,screen,language,country\ns1,w,chrome,Windows 10,desktop,1920x1080,de-DE,DE\n';
  const heading =
    'event_id,website_id,session_id,created_at,url_path,url_query,referrer_domain,event_type,event_name\n';
  const rows =
    'e1,w,s1,2026-01-05 10:00:00+00,/,,google.de,1,\ne2,w,s1,2026-01-05 10:00:30+00,/join,,,2,Signup\n';
  await file('umami/session.csv', session);
  await file('umami/website_event.csv', heading + rows);
  await file(
    'umami/event_data.csv',
    'event_data_id,website_event_id,data_key,string_value,number_value\nd1,e2,plan,pro,\n',
  );
  expect(await bring(site, path.join(imports.folder, 'umami'))).toMatchObject({
    read: 2,
    accepted: 2,
    formats: ['umami'],
  });
  const ga4 = {
    event_timestamp: `${Date.parse('2026-01-06T10:00:00Z')}000`,
    event_name: 'page_view',
    event_params: [{ key: 'page_location', value: { string_value: 'https://shop.example/ga' } }],
    user_pseudo_id: '1.2',
    device: { category: 'mobile', operating_system: 'Android', web_info: { browser: 'Chrome' } },
  };
  const from = await file(
    'events_20260106.json',
    `${JSON.stringify(ga4)}\n${JSON.stringify({ ...ga4, event_name: 'session_start' })}\n`,
  );
  expect(await bring(site, from)).toMatchObject({
    read: 2,
    accepted: 1,
    skipped_reasons: { bookkeeping: 1 },
    formats: ['ga4'],
  });
  const by = (dimension: string) =>
    queryRows(site, 3, { metrics: ['visitors', 'events'], dimensions: [dimension] });
  expect(await by('visit:browser')).toEqual({ Chrome: [2, 3] });
  expect(await by('visit:os')).toEqual({ Windows: [1, 2], Android: [1, 1] });
  expect(await by('visit:device')).toEqual({ Desktop: [1, 2], Mobile: [1, 1] });
  expect(await by('visit:source')).toEqual({ Google: [1, 2], 'Direct / None': [1, 1] });
  expect(await by('event:props:plan')).toMatchObject({ pro: [1, 1] });
});

test('totals of Plausible are part of answers that ask for them, up to the site’s first day; they are listed and taken back', async () => {
  const site = await newSite();
  const visits = 'visitors,visits,pageviews,bounces,visit_duration';
  const archive = zip({
    'imported_visitors_20260101_20260105.csv': `date,${visits}\n2026-01-03,3,4,8,1,100\n2026-01-04,5,5,5,5,0\n2026-01-05,50,50,50,50,0\n`,
    'imported_sources_20260101_20260105.csv': `date,source,referrer,utm_source,${visits}\n2026-01-03,Google,google.com,,2,3,6,1,90\n2026-01-03,,,,1,1,2,0,10\n2026-01-04,Google,google.com,,5,5,5,5,0\n`,
    'imported_custom_events_20260101_20260105.csv':
      'date,name,link_url,path,visitors,events\n2026-01-03,Signup,,,1,2\n2026-01-03,Signup,,,x,2\n',
    'notes.txt': 'none of it',
  });
  const from = await file('plausible.zip', archive);
  const imported = (await bring(site, from)) as { import_id: string };
  expect(imported).toMatchObject({
    source: 'plausible',
    files: 3,
    read: 8,
    accepted: 7,
    rejected: { invalid_record: 1 },
    totals: 15,
    totals_known: 0,
    problems: [{ file: 'imported_custom_events_20260101_20260105.csv', line: 3, reason: 'invalid_record' }],
  });
  expect(await bring(site, from)).toMatchObject({ import_id: null, totals: 0, totals_known: 17 });

  await bring(site, await file('own.log', combined({ target: '/own', referrer: 'https://www.google.de/' })));
  const asked = {
    metrics: ['visitors', 'visits', 'bounce_rate', 'events'],
    date_range: ['2026-01-01', '2026-01-06'],
  };
  const include = { imports: true };
  await queryRows(site, 1, asked);
  const ask = (more: object) => imports.query(site, { ...asked, ...more });
  expect(await ask({})).toMatchObject({ results: [{ metrics: [1, 1, 100, 1] }] });
  expect(await ask({ include })).toMatchObject({
    results: [{ metrics: [9, 10, 70, 16] }],
    meta: { imports_included: true },
  });
  const bySource = { metrics: ['visitors', 'visits'], dimensions: ['visit:source'], include };
  expect((await ask(bySource)).results).toEqual([
    { dimensions: ['Google'], metrics: [8, 9] },
    { dimensions: ['Direct / None'], metrics: [1, 1] },
  ]);
  const names = await ask({ metrics: ['events'], dimensions: ['event:name'], include });
  expect(names.results).toEqual([
    { dimensions: ['pageview'], metrics: [14] },
    { dimensions: ['Signup'], metrics: [2] },
  ]);
  const pages = await ask({ dimensions: ['event:page'], include });
  expect(pages.meta).toMatchObject({ imports_included: false, imports_skip_reason: 'unsupported_query' });

  const { import_id } = imported;
  expect(await imports.command('imports', { site: site.siteId })).toMatchObject({
    imports: [
      { import_id, source: 'plausible', from: '2026-01-03', to: '2026-01-05', totals: 15 },
      { formats: ['combined'], events: 1 },
    ],
  });
  expect(await imports.command('import-delete', { import: import_id })).toEqual({ deleted: import_id });
  await expect(imports.command('import-delete', { import: import_id })).rejects.toMatchObject({
    code: 'unknown_import',
  });
  expect(await ask({ include })).toMatchObject({
    results: [{ metrics: [1, 1, 100, 1] }],
    meta: { imports_included: false, imports_skip_reason: 'no_imported_data' },
  });
});

/** Files under a folder that hold a text. */
async function holding(text: string, root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (one) => ((await readFile(one).catch(() => Buffer.of())).includes(text) ? [one] : [])),
  );
  return found.flat();
}

test('no whole address of a log is on the disk, in no store, state or log', async () => {
  expect(await holding('shop1.example', imports.footfall.dataDir)).not.toEqual([]);
  expect(await holding(IP, imports.footfall.dataDir)).toEqual([]);
  for (const ip of ['2a02:8109::7', '2a02:8109::8', '10.0.0.1'])
    expect(await holding(ip, imports.footfall.dataDir)).toEqual([]);
});

async function siteIn(url: string): Promise<string> {
  const { db, close } = connectControlPlane(url, { name: 'test' });
  const owner = { name: 'Shop', email: 'b@shop.example', password: 'correct horse' };
  const { tenantId: tenant } = await createTenant(db, owner);
  const { id } = await inTenant(db, tenant).sites.create({ domain: 'other.example', actor: 'cli' });
  await close();
  return id;
}

test('without a collector it ends with one line before it does anything', async () => {
  const database = await freshDatabase();
  const config = readConfig({
    DATABASE_URL: database.url,
    FOOTFALL_DATA_DIR: path.join(imports.folder, 'data'),
    COLLECTOR_URL: 'http://127.0.0.1:9',
  });
  const from = await file('one.log', combined({}));
  const run = (values: Record<string, string>) => IMPORT_COMMANDS.import?.run(values, config, {});
  await expect(run({ site: 'nobody', from })).rejects.toMatchObject({ code: 'unknown_site' });
  await expect(run({ site: await siteIn(database.url), from })).rejects.toMatchObject({
    code: 'collector_away',
    message: expect.stringMatching(/^no collector answers at http:\/\/127\.0\.0\.1:9 \(.*\)$/),
  });
  await expect(run({ site: 'nobody', from: `${from}.not` })).rejects.toThrow(/there is no such file/);
  await expect(run({ site: 'nobody', from, format: 'apache' })).rejects.toThrow(/allowed are auto, jsonl/);
  await expect(run({ site: 'nobody', from, client: 'proxy' })).rejects.toThrow(
    /allowed are address, forwarded/,
  );
  await expect(run({ site: 'nobody', from, host: 'shop' })).rejects.toThrow(/https:\/\/shop.example/);
  const pages = await file('page.html', '<html></html>');
  await expect(run({ site: 'nobody', from: pages })).rejects.toMatchObject({ code: 'unknown_format' });
  await database.drop();
});
