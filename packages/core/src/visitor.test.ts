import { expect, test } from 'vitest';
import { statedVisitorId, statedVisitorKey, visitorId } from './visitor.ts';

const salt = new Uint8Array(32).fill(7);
const who = { siteId: 'site_a', ip: '192.0.2.1', userAgent: 'Firefox' };

test('the same address, agent, site and salt are the same visitor', () => {
  expect(visitorId(salt, who)).toBe(visitorId(salt, { ...who }));
  expect(visitorId(salt, who)).toMatch(/^[\w-]{16}$/);
});

test('another salt, site, address or agent is another visitor', () => {
  const ids = [
    visitorId(salt, who),
    visitorId(new Uint8Array(32).fill(8), who),
    visitorId(salt, { ...who, siteId: 'site_b' }),
    visitorId(salt, { ...who, ip: '192.0.2.2' }),
    visitorId(salt, { ...who, userAgent: 'Chrome' }),
    visitorId(salt, { siteId: 'site_a', ip: '192.0.2.1F', userAgent: 'irefox' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('a stated visitor is the same all day and another the next', () => {
  const key = statedVisitorKey('x'.repeat(32));
  const stated = { siteId: 'site_a', day: '2026-01-07', visitor: 'customer-1' };
  expect(statedVisitorId(key, stated)).toBe(statedVisitorId(statedVisitorKey('x'.repeat(32)), stated));
  expect(statedVisitorId(key, { ...stated, day: '2026-01-08' })).not.toBe(statedVisitorId(key, stated));
  expect(statedVisitorId(statedVisitorKey('y'.repeat(32)), stated)).not.toBe(statedVisitorId(key, stated));
});
