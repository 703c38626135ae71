import { type ChildProcess, spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { RealBrowser, RealTab } from './real-browser.fixture.ts';

/** Where Debian puts the browser that belongs to WebKitGTK; it is on no PATH. */
const MINI_BROWSER = '/usr/lib/*/webkit2gtk-4.1/MiniBrowser';

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** A port that is free now. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a screen that nobody sees: WebKitGTK has no mode without one. */
async function openScreen(): Promise<{ display: string; running: ChildProcess }> {
  const running = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    running.once('error', reject);
    running.once('close', () => reject(new Error('Xvfb did not start')));
    running.stdout?.once('data', (text: Buffer) => resolve(String(text).trim()));
  });
  return { display: `:${number}`, running };
}

function speak(port: number): Call {
  return async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
}

/** Waits until the driver listens. */
async function untilReady(call: Call): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await call('GET', '/status');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('WebKitWebDriver does not answer');
}

function openTab(call: Call, session: string): RealTab {
  return {
    async goto(url) {
      await call('POST', `${session}/url`, { url });
    },
    async evaluate<T>(expression: string): Promise<T> {
      const script = `const done = arguments[arguments.length - 1];
        (async () => JSON.stringify(await (${expression})))().then(done, (error) => done('!' + error));`;
      const told = (await call('POST', `${session}/execute/async`, { script, args: [] })) as string | null;
      if (told?.startsWith('!')) throw new Error(told.slice(1));
      return (told === null ? undefined : JSON.parse(told)) as T;
    },
    async click(x, y) {
      const actions = [
        { type: 'pointerMove', x, y, duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await call('POST', `${session}/actions`, { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    async show() {
      // It is the only one.
    },
    async back() {
      await call('POST', `${session}/back`);
    },
    async close() {
      await call('DELETE', `${session}/window`);
    },
  };
}

/** Starts WebKitGTK's browser on a screen of its own; a tab is a session, since it has one window for each. */
export async function openWebKit(): Promise<RealBrowser> {
  const [binary] = globSync(MINI_BROWSER);
  if (binary === undefined) throw new Error(`there is no ${MINI_BROWSER}`);
  const [screen, port] = await Promise.all([openScreen(), findPort()]);
  const driver = spawn(
    'env',
    [
      `DISPLAY=${screen.display}`,
      // What a machine without a desktop and a graphics card has not.
      'GIO_USE_VFS=local',
      'GSETTINGS_BACKEND=memory',
      'LIBGL_ALWAYS_SOFTWARE=1',
      'NO_AT_BRIDGE=1',
      'WEBKIT_DISABLE_COMPOSITING_MODE=1',
      'WebKitWebDriver',
      `--port=${port}`,
      '--host=127.0.0.1',
    ],
    { stdio: 'ignore' },
  );
  const call = speak(port);
  await untilReady(call);
  const sessions: string[] = [];
  /** WebKitWebDriver has one session at a time. */
  const endSessions = async () => {
    for (const session of sessions.splice(0)) await call('DELETE', session).catch(() => undefined);
  };
  return {
    async open() {
      await endSessions();
      const { sessionId } = (await call('POST', '/session', {
        capabilities: {
          alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
        },
      })) as { sessionId: string };
      sessions.push(`/session/${sessionId}`);
      return openTab(call, `/session/${sessionId}`);
    },
    async close() {
      await endSessions();
      for (const running of [driver, screen.running]) {
        const ended = new Promise((resolve) => running.once('close', resolve));
        running.kill();
        await ended;
      }
    },
  };
}
