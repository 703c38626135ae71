import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dnsServer, type Zone } from '@footfall/outbound/dns-server.fixture';
import { outboundFetch } from '@footfall/outbound/fetch';
import type { Network } from '@footfall/outbound/network';
import { afterEach, describe, expect, test } from 'vitest';
import { domainCheck as checkWith, domainRecord } from './domain-check.ts';

const SITE = { domain: 'shop.example', siteKey: 'ff_abc' };
const SNIPPET = '<script defer src="/a.js" data-site="ff_abc"></script>';

const domainCheck = (servers: readonly string[], network: Partial<Network> = {}) =>
  checkWith(servers, outboundFetch(servers, network));

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

async function dns(zone: Zone) {
  const server = await dnsServer(zone);
  closing.push(server.close);
  return server;
}

/** What stands in a URL as port 80 is this one; nothing answers at 443. */
const port80 = (port: number) => ({ portOf: (asked: number) => (asked === 80 ? port : 1) });

/** A web server on loopback, and how often it was asked. */
async function web(listener: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

/** Checks a domain whose page is at a port of loopback, which is allowed here. */
async function checkPage(listener: RequestListener, more: Zone = {}) {
  const page = await web(listener);
  const { address } = await dns({ 'shop.example': { A: ['127.0.0.1'] }, ...more });
  const found = await domainCheck([address], { isAllowed: () => true, ...port80(page.port) })(SITE);
  return { found: found.snippet, asked: page.asked };
}

const html =
  (body: string): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(body);
  };

describe('a record of the DNS', () => {
  test('has a name and a value', () => {
    expect(domainRecord({ ...SITE, domain: 'shop.example:8080' })).toEqual({
      name: '_footfall.shop.example',
      value: 'footfall-site=ff_abc',
    });
  });

  test.each([
    ['_footfall.shop.example', ['v=spf1', 'footfall-site=ff_abc'], true],
    ['shop.example', ['footfall-site=ff_abc'], true],
    ['_footfall.shop.example', ['footfall-site=ff_other'], false],
    ['other.example', ['footfall-site=ff_abc'], false],
  ])('at %s of %j: %s', async (name, TXT, expected) => {
    const { address } = await dns({ [name]: { TXT } });
    expect((await domainCheck([address])(SITE)).dns).toBe(expected);
  });

  test('says nothing when nobody answers', async () => {
    const { address, close } = await dnsServer({});
    close();
    expect(await domainCheck([address])(SITE)).toEqual({ dns: null, snippet: null });
  }, 60_000);
});

describe('the snippet on the first page', () => {
  test('is found', async () => {
    expect((await checkPage(html(`<html>${SNIPPET}`))).found).toBe(true);
  });

  test('is not there', async () => {
    expect((await checkPage(html('<html>'))).found).toBe(false);
  });

  test('of more than 512 KiB the beginning is read', async () => {
    expect((await checkPage(html(SNIPPET + ' '.repeat(5_000_000)))).found).toBe(true);
    expect((await checkPage(html(' '.repeat(600_000) + SNIPPET))).found).toBe(false);
  });

  test('a page that is away says nothing', async () => {
    const away: RequestListener = (_request, response) => {
      response.statusCode = 503;
      response.end(SNIPPET);
    };
    expect((await checkPage(away)).found).toBeNull();
  });

  test('is found behind a redirect within the domain', async () => {
    const redirect: RequestListener = (request, response) => {
      if (request.headers.host?.startsWith('www.')) response.end(SNIPPET);
      else response.writeHead(301, { location: `http://www.${request.headers.host}/start` }).end();
    };
    const { found, asked } = await checkPage(redirect, { 'www.shop.example': { A: ['127.0.0.1'] } });
    expect(found).toBe(true);
    expect(asked[1]).toMatch(/^www\.shop\.example\/start$/);
  });

  test.each([
    ['another domain', 'http://evil.example/'],
    ['an address', 'http://127.0.0.1/'],
    ['another port', 'http://shop.example:6379/'],
    ['another scheme', 'file:///etc/passwd'],
    ['itself, for ever', '/'],
  ])('a redirect to %s leads nowhere', async (_, location) => {
    const { found, asked } = await checkPage((_request, response) => {
      response.writeHead(302, { location }).end();
    });
    expect(found).toBeNull();
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});

describe('a stranger who names a domain of an inner network', () => {
  test.each([['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254']])('reaches nothing at %s', async (A) => {
    const page = await web(html(SNIPPET));
    const { address } = await dns({ 'shop.example': { A: [A] } });
    expect((await domainCheck([address], { portOf: () => page.port })(SITE)).snippet).toBeNull();
    expect(page.asked).toEqual([]);
  });

  test('nor by a name with one public address among others', async () => {
    const page = await web(html(SNIPPET));
    const { address } = await dns({ 'shop.example': { A: ['8.8.8.8', '127.0.0.1'] } });
    expect((await domainCheck([address], { portOf: () => page.port })(SITE)).snippet).toBeNull();
    expect(page.asked).toEqual([]);
  });

  test('nor by a name that means another address when it is asked again', async () => {
    const page = await web(html(SNIPPET));
    let asked = 0;
    const addresses = async () => {
      asked += 1;
      return [asked === 1 ? '127.0.0.1' : '10.255.255.1'];
    };
    const { address } = await dns({});
    const isAllowed = (ip: string) => ip === '127.0.0.1';
    await domainCheck([address], { addresses, isAllowed, ...port80(page.port) })(SITE);
    expect(page.asked).toEqual([]);
  });

  test.each(['127.0.0.1', '[::1]', 'localhost', 'localhost:6379', 'shop.example:6379'])(
    'nor as %s',
    async (domain) => {
      const { address } = await dns({});
      expect(
        (await domainCheck([address], { isAllowed: () => true })({ ...SITE, domain })).snippet,
      ).toBeNull();
    },
  );
});
