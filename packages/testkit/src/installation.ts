import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import type { VariableName } from '@footfall/config/variables';
import type { Runtime } from '@footfall/installation/runtime';
import { freePort } from '@footfall/postgres/free-port';

/** A whole Footfall of its own, started as an operator starts it, for tests from outside. */
export type Installation = {
  webUrl: string;
  collectorUrl: string;
  dataDir: string;
  /** Runs `npm run admin -- …args --json`; answers its object. Rejects with its line when it fails. */
  admin(args: readonly string[]): Promise<Record<string, unknown>>;
  /** Process ids of the services that run now, by name. */
  pids(): Promise<Partial<Record<string, number>>>;
  /** Stops it as Ctrl-C does, and deletes its data. */
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const START_TIMEOUT = 600_000;

/** Resolves with the line `ready …`; rejects when the process ends before. */
async function untilReady(child: ChildProcess, said: string[]): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (line.startsWith('ready ')) resolve();
      });
    }
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`npm start ended:\n${said.slice(-20).join('\n')}`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`not ready in time:\n${said.slice(-20).join('\n')}`)),
      START_TIMEOUT,
    ).unref();
  });
  await Promise.race([ready, ended, late]);
}

/** Starts Footfall on free ports with an empty data folder and no demo; `variables` change that. */
export async function startInstallation(
  variables: Partial<Record<VariableName, string>> = {},
): Promise<Installation> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-'));
  const [webPort, collectorPort] = [await freePort(), await freePort()];
  const env = serviceEnvironment({
    WEB_PORT: String(webPort),
    COLLECTOR_PORT: String(collectorPort),
    FOOTFALL_DATA_DIR: dataDir,
    FOOTFALL_DEMO: '0',
    ...variables,
  });
  const start = path.join(ROOT, 'scripts/start.mjs');
  const child = spawn(process.execPath, [start], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  await untilReady(child, []);
  return {
    webUrl: `http://127.0.0.1:${webPort}`,
    collectorUrl: `http://127.0.0.1:${collectorPort}`,
    dataDir,
    admin: async (args) => {
      const command = [path.join(ROOT, 'scripts/admin.mjs'), ...args, '--json'];
      const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT, env });
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    pids: async () => {
      const { services } = JSON.parse(await readFile(path.join(dataDir, 'runtime.json'), 'utf8')) as Runtime;
      return Object.fromEntries(Object.entries(services).map(([name, { pid }]) => [name, pid]));
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
