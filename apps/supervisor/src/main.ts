import { oneLine } from '@footfall/installation/one-line';
import { readOptions } from './configuration.ts';
import { startInstallation } from './start.ts';
import { Terminal } from './terminal.ts';

const terminal = new Terminal(process.stdout, process.stderr);

/** Aborts when the operator wants the installation to stop, or when whoever started this process has gone. */
function stopRequest(): AbortSignal {
  const request = new AbortController();
  const stop = (why: string) => {
    terminal.note(request.signal.aborted ? 'still stopping, so that nothing is lost' : `stopping (${why})`);
    request.abort(new Error('stopped before it was ready'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  if (process.connected) {
    process.once('disconnect', () => stop('npm start has ended'));
    // Listening keeps the channel open, and an open channel this process alive.
    process.channel?.unref();
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      terminal.note(`supervisor: ${error instanceof Error ? error.stack : String(error)}`);
      process.exitCode = 1;
      stop('a fault of the supervisor');
    });
  }
  return request.signal;
}

async function main(): Promise<void> {
  // Whatever is written from here on, by services and by Postgres too, is this user's alone.
  process.umask(0o077);
  const { config, options } = readOptions(process.argv.slice(2));
  const signal = stopRequest();
  const installation = await startInstallation({ config, ...options, signal, terminal });
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await installation.stop();
  terminal.note('stopped');
}

try {
  await main();
} catch (error) {
  terminal.note(`footfall: ${oneLine(error)}`);
  process.exitCode = 1;
}
