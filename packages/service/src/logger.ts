import { destination, type Logger as PinoLogger, pino } from 'pino';
import { errorRecord } from './error-record.ts';

export type Logger = PinoLogger;

/** A logger that writes JSON lines to standard output. Errors keep their cause and code. */
export function createLogger(options: { name: string; level: string }): Logger {
  const fields = {
    name: options.name,
    level: options.level,
    base: { name: options.name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
    serializers: { err: (error: unknown) => errorRecord(error) },
  };
  // Written at once: pino's own default gathers lines, loses them with a killed process and swaps the last ones of an exit.
  return pino(fields, destination({ dest: 1, sync: true }));
}
