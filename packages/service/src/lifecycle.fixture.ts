import { failures } from '@footfall/core/failure';
import { configured, runService } from './lifecycle.ts';
import { createLogger } from './logger.ts';

const failure = failures({ no_log: { status: 503, retriable: true, remedy: 'start the log' } });

/** A setting that cannot be used, as packages/config says it. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const running = { port: 7, stop: async () => undefined };

const WAYS = {
  runs: async () => running,
  slow: () => new Promise<typeof running>((resolve) => setTimeout(resolve, 300, running)),
  refuses: () => Promise.reject(failure('no_log', 'there is no log', { cause: new Error('refused') })),
  bug: () => Promise.reject(new TypeError('x is not a function')),
  'bad stop': async () => ({ ...running, stop: () => Promise.reject(new Error('stuck')) }),
  throws: async () => {
    setTimeout(() => {
      throw new Error('out of nowhere');
    }, 20);
    return running;
  },
};

// A service that starts and ends in the way that its argument names.
const way = process.argv[2] as keyof typeof WAYS | 'misconfigured';
const start = configured('fixture', () => {
  if (way === 'misconfigured') throw new ConfigError('TEST_PORT must be a port, for example TEST_PORT=1');
  return WAYS[way];
});
// Holds the process as open connections would.
setInterval(() => undefined, 1_000);
await runService(createLogger({ name: 'fixture', level: 'info' }), start);
