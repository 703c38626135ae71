import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { installedChromium } from '@footfall/testkit/chromium';
import { chromium } from '@playwright/test';

// `npm run pictures -- http://127.0.0.1:3000`: takes the pictures of the start page from an installation that has the demo.

const [url = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const FOLDER = fileURLToPath(new URL('../apps/web/src/start/', import.meta.url));
/** Sharp where the page is widest and on most screens, and within the bytes that a picture may have. */
const SIZE = { width: 1200, height: 860 };
const MOST_BYTES = 150_000;
const QUALITIES = [85, 75, 65, 55];

const executablePath = installedChromium();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1.5, colorScheme });
  await page.goto(`${url}/demo?period=28d`);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready);
  const devtools = await page.context().newCDPSession(page);
  let picture = Buffer.of();
  for (const quality of QUALITIES) {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality });
    picture = Buffer.from(data, 'base64');
    if (picture.length <= MOST_BYTES) break;
  }
  if (picture.length > MOST_BYTES) throw new Error(`${colorScheme}: ${picture.length} bytes`);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}overview-${colorScheme}.webp`, picture);
  process.stdout.write(`overview-${colorScheme}.webp: ${picture.length} bytes\n`);
  await page.close();
}
await browser.close();
