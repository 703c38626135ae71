import { migrateDatabase } from '@footfall/postgres/migrate';

const MIGRATIONS = { owner: 'control', folder: new URL('../../../prisma/migrations/', import.meta.url) };

/** Creates or upgrades the control plane at a URL; safe to run while it is in use. */
export function prepareControlPlane(url: string): Promise<void> {
  return migrateDatabase(url, MIGRATIONS);
}
