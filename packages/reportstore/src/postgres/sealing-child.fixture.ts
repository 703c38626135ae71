import { fact } from '../facts.fixture.ts';
import { openReportStore } from '../open.ts';

/**
 * Seals a day in a process of its own, to be killed: `node sealing-child.fixture.ts <url> <folder> <site> <day> <version> <how>`.
 * `hang` never comes to the end of the facts. Says on its output how far it is.
 */
const [url = '', filesDir = '', siteId = '', day = '', version = '', how = ''] = process.argv.slice(2);
const store = openReportStore(url, { name: 'sealing-child', filesDir });

async function* facts() {
  yield [{ day, facts: [fact()] }];
  process.stdout.write('reading\n');
  // A timer keeps the process: it waits to be killed.
  if (how === 'hang') await new Promise((resolve) => setTimeout(resolve, 600_000));
  yield [{ day, facts: [fact()] }];
}

await store.sealDays(
  { siteId, generation: 1, month: day.slice(0, 7), days: [{ day, version: Number(version) }] },
  facts(),
);
process.stdout.write('sealed\n');
await new Promise((resolve) => setTimeout(resolve, 600_000));
