import { describe, expect, it } from 'vitest';
import { findAddressProblems, findProxyProblems } from './setup-problems.ts';

const config = { webUrl: 'https://stats.example', collectorUrl: 'https://shop.example/f' };
const LOCAL = { webUrl: 'http://127.0.0.1:3000', collectorUrl: 'http://127.0.0.1:3001' };
const find = (host: string, settings = config) =>
  findAddressProblems({ host, config: settings }).map(({ key }) => key);

describe('the address that a page is asked for', () => {
  it.each([
    ['stats.example', config],
    ['STATS.example:443', config],
    ['127.0.0.1:3000', LOCAL],
    ['localhost:3000', LOCAL],
    ['[::1]:3000', LOCAL],
    // As `$host` of nginx says it, without the port.
    ['stats.example', { ...config, webUrl: 'https://stats.example:8443' }],
    ['', config],
    ['not a host', config],
  ])('%s is fine', (host, settings) => {
    expect(find(host, settings)).toEqual([]);
  });

  it.each([
    ['other.example', config, ['hostDiffers']],
    ['stats.example:8443', config, ['hostDiffers']],
    ['127.0.0.1:3000', config, ['hostDiffers']],
    ['192.168.1.5:3000', LOCAL, ['hostDiffers', 'collectorLocal']],
    ['stats.example', { ...config, collectorUrl: 'http://localhost:3001' }, ['collectorLocal']],
  ])('%s is not', (host, settings, keys) => {
    expect(find(host, settings)).toEqual(keys);
  });
});

describe('a proxy that is not set up right', () => {
  const finding = { service: 'collector', problem: 'untrusted', peer: '10.0.0.5', header: '' } as const;

  it('is told once, without its address, which is not a merchant’s to know', () => {
    const problems = findProxyProblems([finding, { ...finding, peer: '10.0.0.6' }]);
    expect(problems).toEqual([{ key: 'proxyUntrusted' }]);
  });

  it('that hides whose requests it hands on, too', () => {
    expect(findProxyProblems([{ ...finding, problem: 'no_address' }])).toEqual([{ key: 'proxyNoAddress' }]);
  });

  it('of the portal says nothing of visitors', () => {
    expect(findProxyProblems([{ ...finding, service: 'web' }])).toEqual([]);
  });
});
