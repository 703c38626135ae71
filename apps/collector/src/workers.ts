import cluster, { type Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import type { ReadyMessage, Running } from '@footfall/service/lifecycle';
import type { Logger } from '@footfall/service/logger';
import { backoffPause, countFailure } from '@footfall/timing/backoff';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** A worker asks for the metrics of all of them, and hears them. */
type MetricsRequest = { type: 'footfall:metrics'; id: string };
type MetricsAnswer = { type: 'footfall:metrics'; id: string; text: string };

/** Before a worker that ended is started again. One that ran for `healthyMs` was well. */
const RESTART = { min: 200, max: 30_000, healthyMs: 60_000 };

/** Which worker this process is: from 1, the same after a restart; 0 when it is none. */
export function workerNumber(): number {
  return cluster.isWorker ? Number(process.argv[2] ?? 0) : 0;
}

const isReady = (message: unknown): message is ReadyMessage =>
  (message as Partial<ReadyMessage> | null)?.type === 'ready';
const isMetrics = (message: unknown): message is MetricsRequest =>
  (message as Partial<MetricsRequest> | null)?.type === 'footfall:metrics';

/** In a worker, whose own metrics are those of the registry: asks the first process for the metrics of all workers. */
export function metricsOfAll(registry: Registry): () => Promise<string> {
  const waiting = new Map<string, (text: string) => void>();
  // Its making lets the first process ask this one, from now on.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  process.on('message', (message: unknown) => {
    if (!isMetrics(message)) return;
    const { id, text } = message as MetricsAnswer;
    waiting.get(id)?.(text);
    waiting.delete(id);
  });
  return () => {
    const id = randomUUID();
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      process.send?.({ type: 'footfall:metrics', id } satisfies MetricsRequest);
    });
  };
}

function answerMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (!isMetrics(message)) return;
    const answer = (text: string) => {
      if (worker.isConnected()) worker.send({ ...message, text } satisfies MetricsAnswer);
    };
    all.clusterMetrics().then(answer, (error: unknown) => answer(`# ${String(error)}\n`));
  });
}

function fork(number: number): Worker {
  cluster.setupPrimary({ args: [String(number)] });
  return cluster.fork();
}

/** Resolves with the port once the worker serves; rejects when it ends before. */
function served(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      if (isReady(message)) resolve(message.port);
    });
    worker.once('exit', (code, signal) =>
      // What was wrong is in its own line of the log.
      reject(Object.assign(new Error(`a worker ended (${signal ?? code})`), { code: 'worker_ended' })),
    );
  });
}

const ended = (worker: Worker) =>
  worker.isDead() ? Promise.resolve() : new Promise<void>((resolve) => worker.once('exit', () => resolve()));

/** Starts so many collectors, which share the port; resolves when all of them serve. One that ends is started again. */
export async function startWorkers(count: number, logger: Logger): Promise<Running> {
  const workers = new Map<number, Worker>();
  let isStopping = false;
  answerMetrics();

  const keep = (number: number, worker: Worker, failuresBefore = 0) => {
    const begun = performance.now();
    workers.set(number, worker);
    worker.once('exit', (code, signal) => {
      if (isStopping) return;
      const ranMs = performance.now() - begun;
      const failures = countFailure(failuresBefore, { ranMs, healthyMs: RESTART.healthyMs });
      const pause = backoffPause(failures, RESTART);
      logger.error({ worker: number, code, signal, pause }, 'a worker ended; it is started again');
      const again = () => {
        if (!isStopping) keep(number, fork(number), failures);
      };
      setTimeout(again, pause);
    });
  };
  const stop = async () => {
    isStopping = true;
    for (const worker of workers.values()) worker.process.kill('SIGTERM');
    await Promise.all([...workers.values()].map(ended));
  };

  const forked = Array.from({ length: count }, (_, index) => [index + 1, fork(index + 1)] as const);
  try {
    const ports = await Promise.all(forked.map(([, worker]) => served(worker)));
    for (const [number, worker] of forked) keep(number, worker);
    return { port: ports[0] ?? 0, stop };
  } catch (error) {
    isStopping = true;
    for (const [, worker] of forked) worker.process.kill('SIGTERM');
    await Promise.all(forked.map(([, worker]) => ended(worker)));
    throw error;
  }
}
