import type { Logger } from './logger.ts';

/** A started service: where it listens and how it stops. */
export type Running = { port: number; stop(): Promise<void> };

/** Told to the supervisor over the IPC channel when the service can do its work. */
export type ReadyMessage = { type: 'ready'; port: number };

const STOP_DEADLINE_MS = 15_000;

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const { remedy } = (error ?? {}) as { remedy?: string };
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

/**
 * Runs a service until it is told to stop: by SIGTERM, SIGINT, or the end of the supervisor that started it. It stops
 * gracefully, at the latest after 15 s. A failed start is one line and exit code 1.
 */
export async function runService(logger: Logger, start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    logger.fatal({ err: error }, oneLine(error));
    process.exitCode = 1;
    // Half-opened connections would keep the process alive.
    setTimeout(() => process.exit(1), 500).unref();
    process.disconnect?.();
    return;
  }
  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ why }, 'stopping');
    const deadline = setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, STOP_DEADLINE_MS);
    try {
      await running.stop();
      clearTimeout(deadline);
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'failed to stop');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  process.on('disconnect', () => void stop('supervisor gone'));
  logger.info({ port: running.port }, 'ready');
  const message: ReadyMessage = { type: 'ready', port: running.port };
  process.send?.(message);
}
