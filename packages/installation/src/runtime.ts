import { rm, stat } from 'node:fs/promises';
import type { DataDir } from './data-dir.ts';
import { readJson, writeJson } from './json-file.ts';
import { isRunning, type ProcessRef } from './process.ts';
import type { StoreUrls } from './store-table.ts';

export type ServiceRuntime = ProcessRef & {
  /** 0 until the service has said where it listens. */
  port: number;
  /** How often it had to be started again. */
  restarts: number;
};

/** What runs, as the supervisor keeps it in runtime.json: no secrets, so that it may stand in a report of a fault. */
export type Runtime = {
  supervisor: ProcessRef;
  startedAt: string;
  /** True from the moment in which everything answered. */
  ready: boolean;
  /** An IP address; see LISTEN_HOST. */
  listenHost: string;
  /** Whether services speak TLS. */
  tls: boolean;
  webUrl: string;
  collectorUrl: string;
  postgres: { pid: number; port: number } | null;
  services: Record<string, ServiceRuntime>;
};

/** The file: the runtime, and which folder it was written in. */
type Written = Runtime & { folder?: string };

/** Tells a folder from a copy of it; a folder that is moved stays itself. The device is left out: its number may change with a restart. */
async function folderIdentity({ root }: DataDir): Promise<string> {
  const { ino, birthtimeMs } = await stat(root);
  return `${ino}:${Math.floor(birthtimeMs)}`;
}

export async function writeRuntime(dataDir: DataDir, runtime: Runtime): Promise<void> {
  const written: Written = { ...runtime, folder: await folderIdentity(dataDir) };
  await writeJson(dataDir.runtime, written);
}

async function read(dataDir: DataDir): Promise<{ runtime: Runtime; isOurs: boolean } | null> {
  const written = await readJson<Written>(dataDir.runtime);
  if (written === null) return null;
  const { folder, ...runtime } = written;
  // Versions before did not say.
  return { runtime, isOurs: folder === undefined || folder === (await folderIdentity(dataDir)) };
}

/**
 * The last runtime that was written here, whether its supervisor lives or was killed. What came with a copy of another data folder is
 * not of here: it names that folder's processes.
 */
export async function readRuntime(dataDir: DataDir): Promise<Runtime | null> {
  const found = await read(dataDir);
  return found?.isOurs ? found.runtime : null;
}

/** Whether the folder is a copy that was made while Footfall ran in the one it is of: its files may be of different moments. */
export async function isCopyOfRunning(dataDir: DataDir): Promise<boolean> {
  return (await read(dataDir))?.isOurs === false;
}

/** The runtime of a living supervisor; null when there is none. */
export async function findRunning(dataDir: DataDir): Promise<Runtime | null> {
  const runtime = await readRuntime(dataDir);
  return runtime !== null && isRunning(runtime.supervisor) ? runtime : null;
}

/** Where the stores of a running installation are, passwords included; kept apart from runtime.json for their sake. */
export function writeConnections(dataDir: DataDir, urls: StoreUrls): Promise<void> {
  return writeJson(dataDir.connections, urls);
}

export function readConnections(dataDir: DataDir): Promise<StoreUrls | null> {
  return readJson<StoreUrls>(dataDir.connections);
}

/** Forgets what ran. */
export async function clearRuntime(dataDir: DataDir): Promise<void> {
  await Promise.all([rm(dataDir.runtime, { force: true }), rm(dataDir.connections, { force: true })]);
}
