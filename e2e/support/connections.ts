import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Installation } from '@footfall/testkit/installation';

/** Where an installation keeps its stores, and its secret: what another machine of the cluster would be given. */
export type Connections = Readonly<
  Record<'database' | 'eventLog' | 'eventStore' | 'reportStore' | 'secret', string>
>;

export async function readConnections({ dataDir }: Installation): Promise<Connections> {
  const files = ['connections.json', 'secrets.json'].map((file) =>
    readFile(path.join(dataDir, file), 'utf8'),
  );
  return Object.assign(
    {},
    ...(await Promise.all(files)).map((text) => JSON.parse(text) as object),
  ) as Connections;
}
