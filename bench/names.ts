/**
 * How many names are right, on public data, and how long a look-up takes: `npm run bench:names [-- DIR]`.
 *
 * What the repository holds is measured always. DIR may hold more, which is measured where it lies and never copied, whatever
 * its licence: clones and files of packages, as docs/performance.md lists them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgent } from '../packages/lookups/src/agent/agent.ts';
import { measureDetector, measureOthers, measureVisitors } from './names-agents.ts';
import { share } from './names-report.ts';
import { measureLists, measureSources } from './names-sources.ts';

function measureCrawlers(file: string): void {
  const list = JSON.parse(readFileSync(file, 'utf8')) as { instances: string[] }[];
  const texts = list.flatMap(({ instances }) => instances);
  share('crawler-user-agents: bots are bots', texts, (text) => parseAgent(text).bot);
}

measureSources();
const folder = process.argv[2];
if (folder !== undefined) {
  const given = (name: string) => join(folder, name);
  measureLists(folder);
  if (existsSync(given('device-detector'))) measureDetector(given('device-detector'));
  if (existsSync(given('user-agents.json'))) measureVisitors(given('user-agents.json'));
  if (existsSync(given('crawler-user-agents.json'))) measureCrawlers(given('crawler-user-agents.json'));
  measureOthers(folder);
}
