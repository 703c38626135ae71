import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RealBrowser, RealTab } from './real-browser.fixture.ts';

/** What a fresh profile would do besides: ask, update itself, and call home. */
const QUIET = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.systemAddon.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  // A tab in front of the others has the focus, also where no window of the system has.
  'focusmanager.testmode': true,
};

type Answer = { id?: number; type: string; result?: unknown; error?: string; message?: string };
type Command = (method: string, params?: object) => Promise<unknown>;

/** Speaks WebDriver BiDi, which Firefox does without a driver beside it. */
async function connect(url: string): Promise<Command> {
  const socket = new WebSocket(`${url}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`Firefox does not answer at ${url}`)));
  });
  const asked = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) asked.get(answer.id)?.(answer);
  });
  const endAll = () => {
    for (const [id, tell] of asked) tell({ id, type: 'success', result: undefined });
  };
  // Whoever closes the browser is not answered any more.
  socket.addEventListener('close', endAll);
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      asked.set(id, ({ type, result, error, message }) => {
        asked.delete(id);
        if (type === 'error') reject(new Error(`${method}: ${error}: ${message}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}

function openTab(command: Command, context: string): RealTab {
  return {
    async goto(url) {
      await command('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate<T>(expression: string): Promise<T> {
      const { result, exceptionDetails } = (await command('script.evaluate', {
        expression: `(async () => JSON.stringify(await (${expression})))()`,
        target: { context },
        awaitPromise: true,
      })) as { result: { value?: string }; exceptionDetails?: { text: string } };
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return (result.value === undefined ? undefined : JSON.parse(result.value)) as T;
    },
    async click(x, y) {
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await command('input.performActions', {
        context,
        actions: [{ type: 'pointer', id: 'mouse', actions }],
      });
    },
    async show() {
      await command('browsingContext.activate', { context });
    },
    async back() {
      await command('browsingContext.traverseHistory', { context, delta: -1 });
    },
    async close() {
      await command('browsingContext.close', { context });
    },
  };
}

/** Starts Firefox ESR without a window. */
export async function openFirefox(): Promise<RealBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'footfall-firefox-'));
  const preferences = Object.entries(QUIET).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), preferences.join('\n'));
  const running = spawn(
    'env',
    [
      `HOME=${profile}`,
      'MOZ_CRASHREPORTER_DISABLE=1',
      'firefox-esr',
      '--headless',
      '--no-remote',
      '--profile',
      profile,
      '--remote-debugging-port=0',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    running.once('error', reject);
    running.once('close', () => reject(new Error(`firefox-esr did not start: ${printed}`)));
    running.stderr.on('data', (text: Buffer) => {
      printed += text;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(printed)?.[1];
      if (found) resolve(found);
    });
  });
  const command = await connect(url);
  await command('session.new', { capabilities: {} });
  return {
    async open(behind = false) {
      const { context } = (await command('browsingContext.create', { type: 'tab', background: behind })) as {
        context: string;
      };
      return openTab(command, context);
    },
    async close() {
      running.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
