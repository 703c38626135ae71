// @ts-check
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensurePrograms, installFromDebian, isOnPath } from './debian.mjs';
import { NODE_24, ROOT, Stop, toolEnvironment } from './paths.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Whether Playwright's own browser is there, or can be downloaded. */
function playwrightHasOne() {
  const cli = path.join(ROOT, 'node_modules/playwright-core/cli.js');
  return (
    spawnSync(NODE_24, [cli, 'install', 'chromium'], {
      stdio: 'ignore',
      env: toolEnvironment(),
      timeout: 300_000,
    }).status === 0
  );
}

/** The other engines of visitors' browsers: a program of each, and the package that has it. */
const ENGINES = [
  { program: 'firefox-esr', debian: 'firefox-esr' },
  { program: 'WebKitWebDriver', debian: 'webkit2gtk-driver' },
  // WebKitGTK draws on a screen, and a server has none.
  { program: 'Xvfb', debian: 'xvfb' },
];

/** Makes sure that the tests find their browsers: a Chromium on the path, else Playwright's, else Debian's package; Firefox and WebKit. */
export function ensureBrowsers() {
  ensureChromium();
  ensurePrograms(ENGINES, 'a Firefox and a WebKit');
}

function ensureChromium() {
  if (NAMES.some(isOnPath)) return;
  process.stderr.write('  getting a Chromium for the tests …\n');
  if (playwrightHasOne()) return;
  installFromDebian(['chromium']);
  if (isOnPath('chromium')) return;
  throw new Stop('the tests need a Chromium: install the package chromium, or let Playwright download one');
}
