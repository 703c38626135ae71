import { migrate } from '@footfall/postgres/migrate';
import { connectPool } from '@footfall/postgres/pool';

const MIGRATIONS = { owner: 'control', folder: new URL('../../../prisma/migrations/', import.meta.url) };

/** Creates or upgrades the control plane at a URL; safe to run while it is in use. */
export async function prepareControlPlane(url: string): Promise<void> {
  const pool = connectPool(url, { name: 'migrate', max: 1 });
  try {
    await migrate(pool, MIGRATIONS);
  } finally {
    await pool.end();
  }
}
