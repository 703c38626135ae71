import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from './control-plane.fixture.ts';
import {
  forgetProxyFindings,
  noteProxyFinding,
  recentProxyFindings,
  type SeenProxyFinding,
} from './proxy-finding.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());
beforeEach(() => plane.pool.query('DELETE FROM proxy_finding'));

const finding = (more: Partial<SeenProxyFinding> = {}): SeenProxyFinding => ({
  service: 'collector',
  problem: 'untrusted',
  peer: '10.0.0.5',
  header: 'X-Forwarded-For',
  ...more,
});
const age = (interval: string) =>
  plane.pool.query(`UPDATE proxy_finding SET seen_at = now() - interval '${interval}'`);

test('a proxy is listed once, as it was seen last', async () => {
  await noteProxyFinding(plane.pool, finding());
  await noteProxyFinding(plane.pool, finding({ header: 'X-Real-IP' }));
  await noteProxyFinding(plane.pool, finding({ service: 'web' }));
  expect(await recentProxyFindings(plane.pool)).toEqual([
    finding({ header: 'X-Real-IP' }),
    finding({ service: 'web' }),
  ]);
});

test('one that was not seen for an hour is not listed, and after a day its row goes', async () => {
  await noteProxyFinding(plane.pool, finding());
  await age('61 minutes');
  expect(await recentProxyFindings(plane.pool)).toEqual([]);
  await age('25 hours');
  await noteProxyFinding(plane.pool, finding({ peer: '10.0.0.6' }));
  const { rows } = await plane.pool.query('SELECT peer FROM proxy_finding');
  expect(rows).toEqual([{ peer: '10.0.0.6' }]);
  await age('25 hours');
  await noteProxyFinding(plane.pool, finding({ peer: '10.0.0.6' }));
  expect(await recentProxyFindings(plane.pool)).toHaveLength(1);
});

test('a service that starts forgets its own', async () => {
  await noteProxyFinding(plane.pool, finding());
  await noteProxyFinding(plane.pool, finding({ service: 'web' }));
  await forgetProxyFindings(plane.pool, 'collector');
  expect(await recentProxyFindings(plane.pool)).toEqual([finding({ service: 'web' })]);
});
