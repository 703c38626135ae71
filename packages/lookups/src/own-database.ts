import type { OwnDatabase } from './place.ts';

type Log = { info(line: string): void; error(context: { err: unknown }, line: string): void };

/** The operator's database of places as a service logs what becomes of it; undefined where none is named. */
export function ownDatabase(file: string | undefined, log: Log): OwnDatabase | undefined {
  if (file === undefined) return undefined;
  return {
    file,
    onLoaded: (about) => log.info(`places come from ${file}: ${about}`),
    onTrouble: (err) =>
      log.error({ err }, `GEO_DATABASE: ${file} cannot be used; places come from what was read last`),
  };
}
