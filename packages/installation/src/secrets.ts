import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DataDir } from './data-dir.ts';
import { installationFailure } from './errors.ts';
import { readJson, writeJson } from './json-file.ts';

/** What an installation makes up for itself on its first start and must keep. */
export type Secrets = {
  postgresPassword: string;
  /** FOOTFALL_SECRET of an operator who gave none. */
  secret: string;
};

const newSecrets = (): Secrets => ({
  postgresPassword: randomBytes(24).toString('base64url'),
  secret: randomBytes(32).toString('base64url'),
});

/** What a version before did not make up is made now; what a later one keeps there stays. */
async function completeSecrets(dataDir: DataDir, known: Partial<Secrets>): Promise<Secrets> {
  const made = newSecrets();
  const complete = { ...made, ...known };
  if (Object.keys(made).some((name) => !(name in known))) await writeJson(dataDir.secrets, complete);
  return complete;
}

/** The password of a service's role on the embedded database: as hard to guess as the one it is made from, and the same every time. */
export function servicePassword({ postgresPassword }: Secrets, service: string): string {
  return createHmac('sha256', postgresPassword).update(`database role of ${service}`).digest('base64url');
}

/**
 * The secrets of a data folder, made the first time. Whoever calls holds the folder's lock.
 * @throws Failure `secrets_missing` when the folder has a database whose password is gone
 */
export async function keepSecrets(dataDir: DataDir): Promise<Secrets> {
  const known = await readJson<Partial<Secrets>>(dataDir.secrets);
  if (known !== null) return completeSecrets(dataDir, known);
  if (existsSync(path.join(dataDir.postgres, 'data', 'PG_VERSION'))) {
    throw installationFailure(
      'secrets_missing',
      `${dataDir.secrets} is gone, and with it the password of the database in ${dataDir.postgres}; put it back from a backup`,
    );
  }
  const made = newSecrets();
  await writeJson(dataDir.secrets, made);
  return made;
}
