import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import { expect } from '@playwright/test';
import { clientFor } from './support/client.ts';
import { expectCounted } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { sendAll } from './support/sending.ts';
import { test } from './support/test.ts';

const DAY_MS = 86_400_000;
const ADMIN = fileURLToPath(new URL('../scripts/admin.mjs', import.meta.url));

/** Runs a command on the installation of a data folder that is stopped. */
async function adminAt(dataDir: string, args: readonly string[]): Promise<Record<string, unknown>> {
  const env = serviceEnvironment({ FOOTFALL_DATA_DIR: dataDir });
  const { stdout } = await promisify(execFile)(process.execPath, [ADMIN, ...args, '--json'], { env });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('a backup that is made while events arrive answers elsewhere as it did here', async ({
  shared,
  install,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-test-'));
  try {
    const { client, siteId, apiKey } = await newMerchant(shared);
    const past = Date.now() - 5 * DAY_MS;
    // Days that are over are sealed, and then in files.
    await sendAll(client, { events: 400, visitors: 20, at: (n) => past + n * 1_000 });
    await expectCounted(client, 400);
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const question = {
      metrics: ['visitors', 'visits', 'pageviews'],
      dimensions: ['event:page'],
      date_range: [day(past - DAY_MS), day(past + DAY_MS)],
    };
    const before = (await client.query(question)).results;

    const file = path.join(folder, 'all.backup');
    const arriving = sendAll(client, { events: 600, visitors: 10, perSecond: 300 });
    expect(await shared.admin(['backup', '--to', file])).toMatchObject({ file });
    await arriving;
    expect(await shared.admin(['verify', '--from', file])).toMatchObject({ control_plane_only: false });

    const dataDir = path.join(folder, 'restored');
    expect(await adminAt(dataDir, ['restore', '--from', file])).toMatchObject({ restart: false });
    const restored = await install({ FOOTFALL_DATA_DIR: dataDir });
    try {
      const there = clientFor(restored, { siteId, apiKey });
      expect((await there.query(question)).results).toEqual(before);
      await expect.poll(async () => (await there.ledger()).pending, { timeout: 60_000 }).toBe(0);
      const { stored } = await there.ledger();
      expect(stored).toBeGreaterThanOrEqual(400);
      expect(stored).toBeLessThanOrEqual(1_000);
      await expectCounted(there, stored);
      // It goes on counting, and knows who was here.
      await sendAll(there, { events: 50, visitors: 10 });
      await expectCounted(there, stored + 50);
    } finally {
      await restored.stop();
    }
    await expect(adminAt(dataDir, ['restore', '--from', file])).rejects.toThrow('not_empty');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
