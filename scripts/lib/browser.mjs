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

/** @param {string[]} packages */
function installFromDebian(packages) {
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      stdio: 'ignore',
      env,
    });
  } catch {
    // The question is whether there is a browser now, not why there is none.
  }
}

/** The other engines of visitors' browsers: a program of each, and the package that has it. */
const ENGINES = [
  { program: 'firefox-esr', debian: 'firefox-esr' },
  { program: 'WebKitWebDriver', debian: 'webkit2gtk-driver' },
  // WebKitGTK draws on a screen, and a server has none.
  { program: 'Xvfb', debian: 'xvfb' },
];

/** Makes sure that the tests find Firefox and WebKit: on the path, else as Debian's packages. */
function ensureEngines() {
  const missing = ENGINES.filter(({ program }) => !isOnPath(program)).map(({ debian }) => debian);
  if (missing.length === 0) return;
  process.stderr.write(`  getting ${missing.join(', ')} for the tests …\n`);
  installFromDebian(missing);
  const absent = ENGINES.filter(({ program }) => !isOnPath(program)).map(({ debian }) => debian);
  if (absent.length > 0)
    throw new Stop(
      `the tests need a Firefox and a WebKit: install as root, apt-get install ${absent.join(' ')}`,
    );
}

/** Makes sure that the tests find their browsers: a Chromium on the path, else Playwright's, else Debian's package; Firefox and WebKit. */
export function ensureBrowsers() {
  ensureChromium();
  ensureEngines();
}

function ensureChromium() {
  if (NAMES.some(isOnPath)) return;
  process.stderr.write('  getting a Chromium for the tests …\n');
  if (playwrightHasOne()) return;
  installFromDebian(['chromium']);
  if (isOnPath('chromium')) return;
  throw new Stop('the tests need a Chromium: install the package chromium, or let Playwright download one');
}
