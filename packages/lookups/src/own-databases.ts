import type { OwnDatabase } from './place.ts';

type Log = { info(line: string): void; error(context: { err: unknown }, line: string): void };

/** The operator's databases of places as a service logs what becomes of them. */
export const ownDatabases = (files: readonly string[], log: Log): OwnDatabase[] =>
  files.map((file) => ({
    file,
    onLoaded: (about) => log.info(`places come from ${file}: ${about}`),
    onTrouble: (err) =>
      log.error({ err }, `GEO_DATABASE: ${file} cannot be used; places come from what was read last`),
  }));
