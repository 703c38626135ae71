// @ts-check
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Stop } from '../paths.mjs';

/**
 * @typedef {{
 *   web: string, collector: string,
 *   admin(args: string[], field: string): Promise<string>,
 *   stop(): Promise<void>,
 * }} Version a running version of Footfall: addresses of its portal and its collector; `admin` runs a command and answers one field of what it says
 */

/** Building a portal takes minutes on a busy machine. */
const READY_MS = 20 * 60_000;

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} root
 */
async function untilReady(child, root) {
  let said = '';
  const timeout = AbortSignal.timeout(READY_MS);
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      said += text;
    });
  while (!said.includes('ready http')) {
    if (child.exitCode !== null || timeout.aborted) throw new Stop(`${root} did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Starts the version in a checkout as its operator would, and waits until it serves. Stores that stand in the environment are used
 * and brought up to date first.
 * @param {string} root
 * @param {string} dataDir
 * @returns {Promise<Version>}
 */
export async function startVersion(root, dataDir) {
  const [web, collector, processor, aggregator] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const env = {
    ...process.env,
    FOOTFALL_DATA_DIR: dataDir,
    FOOTFALL_DEMO: '0',
    WEB_PORT: String(web),
    COLLECTOR_PORT: String(collector),
    PROCESSOR_PORT: String(processor),
    AGGREGATOR_PORT: String(aggregator),
  };
  /** @param {string[]} args */
  const admin = async (args) => {
    const command = [path.join(root, 'scripts/admin.mjs'), ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return stdout;
  };
  if (process.env.EVENT_STORE_URL !== undefined) await admin(['cluster', 'init']);
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child, root);
  return {
    web: `http://127.0.0.1:${web}`,
    collector: `http://127.0.0.1:${collector}`,
    admin: async (args, field) => JSON.parse(await admin([...args, '--json']))[field],
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
