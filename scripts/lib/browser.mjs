// @ts-check
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { NODE_24, ROOT, Stop, toolEnvironment } from './paths.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** @param {string} name */
function isOnPath(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0;
}

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

function installFromDebian() {
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'ignore' });
  } catch {
    // The question below is whether there is a browser now, not why there is none.
  }
  return isOnPath('chromium');
}

/** Makes sure that the tests find a Chromium: on the path, else Playwright's, else Debian's package. */
export function ensureBrowser() {
  if (NAMES.some(isOnPath)) return;
  process.stderr.write('  getting a Chromium for the tests …\n');
  if (playwrightHasOne()) return;
  if (process.getuid?.() === 0 && isOnPath('apt-get') && installFromDebian()) return;
  throw new Stop('the tests need a Chromium: install the package chromium, or let Playwright download one');
}
