import { rm } from 'node:fs/promises';
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

export function writeRuntime(dataDir: DataDir, runtime: Runtime): Promise<void> {
  return writeJson(dataDir.runtime, runtime);
}

/** The last runtime that was written, whether its supervisor lives or was killed. */
export function readRuntime(dataDir: DataDir): Promise<Runtime | null> {
  return readJson<Runtime>(dataDir.runtime);
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
