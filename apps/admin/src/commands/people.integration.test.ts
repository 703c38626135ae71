import { readConfig } from '@footfall/config/config';
import { listMemberships } from '@footfall/db/account/membership';
import { authenticate } from '@footfall/db/account/user';
import { prepareControlPlane } from '@footfall/db/prepare';
import { type ControlPlane, connectControlPlane } from '@footfall/db/prisma';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../commands.ts';
import { buildGrammar, checkOptions, parseArguments } from '../options.ts';

const PASSWORD = 'a long enough phrase';

let database: TestDatabase;
let plane: ControlPlane;
beforeAll(async () => {
  database = await freshDatabase();
  await prepareControlPlane(database.url);
  plane = connectControlPlane(database.url, { name: 'test' });
});
afterAll(async () => {
  await plane.close();
  await database.drop();
});

/** The JSON that a command answers; options as pairs. */
async function admin(name: string, options: Readonly<Record<string, string>>) {
  const words = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  const { given } = parseArguments([name, ...words], buildGrammar(COMMANDS, [name]));
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const config = readConfig({ DATABASE_URL: database.url });
  return (await command.run(checkOptions(name, command.options, given), config, given)).json;
}

const failure = (code: string) => expect.objectContaining({ code });

test('add-member makes a member of all sites, or of those that are named', async () => {
  const { tenant_id: tenant } = await admin('create-tenant', {
    name: 'Kiln',
    email: 'owner@kiln.example',
    password: PASSWORD,
  });
  const { site_id: site } = await admin('create-site', { tenant: String(tenant), domain: 'kiln.example' });
  const add = (email: string, more: Readonly<Record<string, string>>) =>
    admin('add-member', { tenant: String(tenant), email, password: PASSWORD, ...more });
  const all = await add('editor@kiln.example', { role: 'editor' });
  expect(await listMemberships(plane.db, String(all.user_id))).toMatchObject([
    { tenantId: tenant, role: 'editor', sites: 'all' },
  ]);
  const some = await add('viewer@kiln.example', { role: 'viewer', sites: ` ${site} ,` });
  expect(await listMemberships(plane.db, String(some.user_id))).toMatchObject([
    { role: 'viewer', sites: [site] },
  ]);
  expect(await authenticate(plane.db, { email: 'viewer@kiln.example', password: PASSWORD })).toMatchObject({
    id: some.user_id,
    isVerified: true,
  });
  await expect(add('x@kiln.example', { role: 'operator' })).rejects.toThrow(failure('unknown_role'));
  await expect(add('x@kiln.example', { role: 'viewer', sites: '' })).rejects.toThrow(failure('unknown_site'));
  await expect(add('x@kiln.example', { role: 'viewer', sites: 'site_none' })).rejects.toThrow(
    failure('unknown_site'),
  );
  expect(await plane.db.user.count({ where: { email: 'x@kiln.example' } })).toBe(0);
});

test('create-operator makes staff of either role, who is in no team', async () => {
  const make = (email: string, role: string) => admin('create-operator', { email, role, password: PASSWORD });
  const { user_id: id } = await make('op@footfall.example', 'operator');
  expect(await authenticate(plane.db, { email: 'op@footfall.example', password: PASSWORD })).toMatchObject({
    id,
    staffRole: 'operator',
  });
  await make('money@footfall.example', 'billing-admin');
  expect(await listMemberships(plane.db, String(id))).toEqual([]);
  await expect(make('x@footfall.example', 'owner')).rejects.toThrow(failure('unknown_role'));
  await expect(make('op@footfall.example', 'operator')).rejects.toThrow(failure('email_taken'));
  await expect(admin('create-operator', { email: 'y@footfall.example', password: 'short' })).rejects.toThrow(
    failure('weak_password'),
  );
});
