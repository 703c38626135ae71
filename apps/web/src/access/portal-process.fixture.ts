import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { serviceEnvironment } from '@footfall/config/config';
import { prepareControlPlane } from '@footfall/db/prepare';
import { prepareEventLog } from '@footfall/eventlog/open';
import { prepareEventStore } from '@footfall/eventstore/open';
import { freePort } from '@footfall/postgres/free-port';
import { prepareReportStore } from '@footfall/reportstore/open';
import { freshDatabase } from '@footfall/testkit/database';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** JavaScript without types, so it is named by a variable. */
const BUILD: string = new URL('../../../../scripts/lib/build.mjs', import.meta.url).href;

/** The portal as it is built and started in production, on a database of its own, with no other service around it. */
export type PortalProcess = { url: string; databaseUrl: string; secret: string; stop(): Promise<void> };

/** Builds the portal when its sources have changed, and starts it; `environment` adds to what it is told. */
export async function startPortal(environment: Record<string, string> = {}): Promise<PortalProcess> {
  const { ensureBuilt } = (await import(BUILD)) as { ensureBuilt: () => Promise<void> };
  await ensureBuilt();
  const { url: databaseUrl, drop } = await freshDatabase();
  const prepare = [prepareControlPlane, prepareEventLog, prepareEventStore, prepareReportStore];
  for (const one of prepare) await one(databaseUrl);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-portal-'));
  const secret = 's'.repeat(40);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = serviceEnvironment({
    DATABASE_URL: databaseUrl,
    FOOTFALL_SECRET: secret,
    FOOTFALL_DATA_DIR: dataDir,
    WEB_PORT: String(port),
    // Where browsers take passkeys.
    WEB_URL: url,
    LOG_LEVEL: 'error',
    ...environment,
  });
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout === null) throw new Error('the portal has no output');
  const said = text(child.stdout);
  const exit = once(child, 'exit');
  const ended = exit.then(async () => {
    throw new Error(`the portal ended: ${await said}`);
  });
  await Promise.race([once(child, 'message'), ended]);
  return {
    url,
    databaseUrl,
    secret,
    stop: async () => {
      // From here on it may end.
      ended.catch(() => undefined);
      child.kill('SIGTERM');
      await exit;
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
