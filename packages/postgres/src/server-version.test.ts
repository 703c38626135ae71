import { expect, test } from 'vitest';
import { requireVersion } from './server-version.ts';

const server = (number: number, version: string) =>
  ({ query: async () => ({ rows: [{ number, version }] }) }) as unknown as Parameters<
    typeof requireVersion
  >[0];

test.each([
  [110_022, '11.22'],
  [120_022, '12.22'],
])('a server of version %d is too old, and the line says both versions', async (number, version) => {
  await expect(requireVersion(server(number, version))).rejects.toMatchObject({
    code: 'version_too_old',
    message: `this is Postgres ${version}, and Footfall needs 13 or newer`,
  });
});

test.each([
  [130_000, '13.0'],
  [150_018, '15.18 (Debian 15.18-0+deb12u1)'],
  [180_004, '18.4'],
])('a server of version %d will do', async (number, version) => {
  await expect(requireVersion(server(number, version))).resolves.toBeUndefined();
});
