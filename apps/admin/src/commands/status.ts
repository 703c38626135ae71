import type { PartitionLag } from '@footfall/eventlog/event-log';
import { dataThrough } from '@footfall/eventlog/freshness';
import { openEventLog } from '@footfall/eventlog/open';
import { type Access, useInstallation } from '@footfall/installation/access';
import { oneLine } from '@footfall/installation/one-line';
import type { Runtime } from '@footfall/installation/runtime';
import type { Command, Result } from '../command.ts';

type ServiceStatus = { pid: number; port: number; restarts: number; healthy: boolean; problem?: string };
type Lag = { pending: number; oldest_received_at: string | null };

const ANSWER_MS = 3_000;

async function problemOf(port: number): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return response.ok ? null : await response.text();
  } catch (error) {
    return oneLine(error);
  }
}

async function serviceStatus({ pid, port, restarts }: Runtime['services'][string]): Promise<ServiceStatus> {
  const problem = await problemOf(port);
  return { pid, port, restarts, healthy: problem === null, ...(problem === null ? {} : { problem }) };
}

function lagOf(partitions: readonly PartitionLag[]): Lag {
  const oldest = partitions.flatMap(({ oldestReceivedAt }) => oldestReceivedAt ?? []);
  return {
    pending: partitions.reduce((sum, { committed, end }) => sum + end - committed, 0),
    oldest_received_at: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
  };
}

async function read({ urls, runtime }: Access): Promise<Result> {
  const log = openEventLog(urls.eventLog, { name: 'admin' });
  try {
    const services = Object.fromEntries(
      await Promise.all(
        Object.entries(runtime?.services ?? {}).map(
          async ([name, service]) => [name, await serviceStatus(service)] as const,
        ),
      ),
    );
    const lag = {
      processor: lagOf(await log.lag('processor', ['events', 'rejected'])),
      aggregator: lagOf(await log.lag('aggregator', ['touched'])),
    };
    const through = new Date(await dataThrough(log, Date.now())).toISOString();
    const healthy = runtime !== null && Object.values(services).every((service) => service.healthy);
    const json = {
      running: runtime !== null,
      healthy,
      web_url: runtime?.webUrl ?? null,
      collector_url: runtime?.collectorUrl ?? null,
      data_through: through,
      lag,
      services,
    };
    return { json, text: textOf(json), ok: healthy };
  } finally {
    await log.close();
  }
}

function textOf(status: {
  running: boolean;
  data_through: string;
  lag: Record<string, Lag>;
  services: Record<string, ServiceStatus>;
}): string {
  const services = Object.entries(status.services).map(([name, { pid, port, restarts, problem }]) =>
    [
      name.padEnd(12),
      `pid ${pid}`.padEnd(12),
      `port ${port}`.padEnd(12),
      `restarts ${restarts}`.padEnd(14),
      problem ?? 'ready',
    ].join(''),
  );
  const lags = Object.entries(status.lag).map(([name, { pending, oldest_received_at }]) =>
    [
      name.padEnd(12),
      `${pending} batches waiting`,
      oldest_received_at === null ? '' : `, the oldest since ${oldest_received_at}`,
    ].join(''),
  );
  return [
    status.running ? 'running' : 'stopped',
    ...services,
    ...lags,
    `data through ${status.data_through}`,
  ].join('\n');
}

/** Lag, freshness and health of every part; exits 1 when something is not well, or nothing runs. */
export const STATUS: Command = {
  summary: 'shows lag, freshness and health of every part',
  options: {},
  run: (_, config) => useInstallation(config, read),
};
