import { migrationProvision } from '@footfall/postgres/migrate';
import { GRANTS } from './grants.ts';

const MIGRATIONS = {
  owner: 'control',
  folder: new URL('../../../prisma/migrations/', import.meta.url),
  grants: GRANTS,
};

/** The tables of the control plane. */
export const CONTROL_PLANE = migrationProvision(MIGRATIONS);

/** Creates or upgrades the control plane at a URL; safe to run while it is in use. Answers what it did. */
export function prepareControlPlane(url: string): Promise<string[]> {
  return CONTROL_PLANE.prepare(url);
}
