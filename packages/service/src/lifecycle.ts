import { createLogger, type Logger } from './logger.ts';
import { describeProblem } from './problem.ts';

/** A started service: where it listens and how it stops. */
export type Running = { port: number; stop(): Promise<void> };

/** Told to the supervisor over the IPC channel when the service can do its work. */
export type ReadyMessage = { type: 'ready'; port: number };

const STOP_DEADLINE_MS = 15_000;

/**
 * Whether an operator can mend it: a bad setting, a Failure, what the system or Postgres refused (all have a code; Node's own
 * `ERR_…` are wrong calls). Anything else is ours to mend, and its stack says where.
 */
function isOperators(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return error.name === 'ConfigError' || (typeof code === 'string' && !code.startsWith('ERR_'));
}

function failStart(logger: Logger, error: unknown): void {
  logger.fatal(isOperators(error) ? {} : { err: error }, describeProblem(error));
  process.exitCode = 1;
}

/** Reads a service's configuration; what is wrong with it is one line in the log and exit code 1. */
export function configured<Config>(name: string, read: () => Config): Config {
  try {
    return read();
  } catch (error) {
    failStart(createLogger({ name, level: 'info' }), error);
    return process.exit();
  }
}

/** Resolves with the reason when the process is told to end; from then on it has 15 s. */
function toldToEnd(logger: Logger): Promise<string> {
  return new Promise((resolve) => {
    let told = false;
    const end = (why: string) => {
      if (told) return;
      told = true;
      logger.info({ why }, 'stopping');
      setTimeout(() => {
        logger.error('did not stop in time');
        process.exit(1);
      }, STOP_DEADLINE_MS).unref();
      resolve(why);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
    process.on('disconnect', () => end('supervisor gone'));
  });
}

function tellReady(port: number): void {
  const message: ReadyMessage = { type: 'ready', port };
  // A supervisor that dies this very moment is seen by its disconnecting.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * Runs a service until it is told to stop: by SIGTERM, SIGINT, or the end of the supervisor that started it, also while it
 * still starts. It stops gracefully, at the latest after 15 s. A failed start is one line and exit code 1.
 */
export async function runService(logger: Logger, start: () => Promise<Running>): Promise<void> {
  // Whatever a service writes is its user's alone.
  process.umask(0o077);
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a fault that nothing caught');
    process.exit(1);
  });
  // Before the start: a supervisor that dies during it would never be missed otherwise.
  const told = toldToEnd(logger);
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    failStart(logger, error);
    // Half-opened connections would keep the process alive.
    process.exit();
  }
  logger.info({ port: running.port }, 'ready');
  tellReady(running.port);
  await told;
  try {
    await running.stop();
    logger.info('stopped');
    process.exit(0);
  } catch (error) {
    logger.error({ err: error }, 'failed to stop');
    process.exit(1);
  }
}
