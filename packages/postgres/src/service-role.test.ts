import { describe, expect, test } from 'vitest';
import { fakePool } from './fake-client.fixture.ts';
import { reachableRoles, roleName, SERVICES, takeRole } from './service-role.ts';

/** Postgres cuts names that are longer: two roles would be one. */
const LONGEST_NAME = 63;

describe('the role of a service', () => {
  test.each([
    ['has the name of its database', 'footfall', 'web', 'footfall_web'],
    ['keeps what only quotes allow', 'Foot-Fall', 'admin', 'Foot-Fall_admin'],
    ['ends with the service also where the name is cut', 'x'.repeat(63), 'web', `${'x'.repeat(52)}_web`],
    ['is cut no earlier than it must be', 'x'.repeat(52), 'aggregator', `${'x'.repeat(52)}_aggregator`],
  ] as const)('%s', (_why, database, service, name) => expect(roleName(database, service)).toBe(name));

  test.each(SERVICES)('%s has room in the longest name of a database', (service) => {
    expect(roleName('x'.repeat(LONGEST_NAME), service).length).toBeLessThanOrEqual(LONGEST_NAME);
  });

  test('is taken by one statement, whose parameter is the service', async () => {
    const values: unknown[] = [];
    const { pool, statements } = fakePool((_text, given) => {
      values.push(...given);
      return [];
    });
    await takeRole(pool, 'collector');
    expect(statements).toHaveLength(1);
    expect(values).toEqual(['collector']);
  });

  test('may be out of reach: a login that gets no role goes on', async () => {
    await expect(takeRole(fakePool(() => []).pool, 'web')).resolves.toBeUndefined();
  });
});

test('roles that can be reached are in the order of the services, whatever the server answers first', async () => {
  const { pool } = fakePool(() => [{ service: 'admin' }, { service: 'collector' }]);
  expect(await reachableRoles(pool)).toEqual(['collector', 'admin']);
});
