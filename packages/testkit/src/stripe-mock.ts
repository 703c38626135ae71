import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import { freePort } from '@footfall/postgres/free-port';

const run = promisify(execFile);

/** The one whose specification is of the API version that the client `stripe` speaks. */
const VERSION = '0.203.0';
const MODULE = 'github.com/stripe/stripe-mock';
/** In the checkout, beside the jars of other engines; Go's own cache keeps the sources for the next one. */
const CACHE = fileURLToPath(new URL(`../../../.engines/stripe-mock-${VERSION}/`, import.meta.url));
const PROGRAM = path.join(CACHE, 'stripe-mock');
const SPECIFICATION = path.join(CACHE, 'spec3.json');
const INSTALL_MS = 600_000;
const START_MS = 60_000;

/** Stripe's own mock: it refuses parameters that the API does not have, and keeps no state. */
export type StripeMock = {
  url: string;
  /** The file of the OpenAPI specification that it answers by. */
  specification: string;
  stop(): Promise<void>;
};

/** Where Go's own installer puts it, which is on the PATH of shells alone. */
const USUAL_FOLDER = '/usr/local/go/bin';

async function install(): Promise<void> {
  const made = `${CACHE.slice(0, -1)}.${randomBytes(4).toString('hex')}`;
  await mkdir(made, { recursive: true });
  const inherited = serviceEnvironment({});
  const env = {
    ...inherited,
    PATH: `${inherited.PATH ?? ''}${path.delimiter}${USUAL_FOLDER}`,
    GOFLAGS: '-mod=mod',
    GOBIN: made,
  };
  try {
    await run('go', ['install', `${MODULE}@v${VERSION}`], { env, timeout: INSTALL_MS });
    const { stdout } = await run('go', ['env', 'GOMODCACHE'], { env });
    const sources = path.join(stdout.trim(), `${MODULE}@v${VERSION}`, 'embedded/openapi/spec3.json');
    await copyFile(sources, path.join(made, 'spec3.json'));
    await rename(made, CACHE).catch((cause: unknown) => {
      // Another process was faster: its folder stays.
      if (!existsSync(PROGRAM)) throw cause;
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(
        'stripe-mock is built by Go, and there is no go: https://go.dev/dl, or apt-get install golang-go',
      );
    throw cause;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Starts Stripe's mock on a free port; it is built the first time, which needs Go. */
export async function startStripeMock(): Promise<StripeMock> {
  if (!existsSync(PROGRAM)) await install();
  const port = await freePort();
  const child = spawn(PROGRAM, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_MS;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill();
      throw new Error(`stripe-mock does not answer at ${url}`);
    }
    await sleep(100);
  }
  return {
    url,
    specification: SPECIFICATION,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
