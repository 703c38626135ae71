import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { measureRequests, requestKind } from './http-metrics.ts';

describe('what a request is for', () => {
  it.each([
    ['/', 'page'],
    ['/sites/site_a?period=7d', 'page'],
    ['/api/v1/query', 'api'],
    ['/api/auth/session', 'auth'],
    ['/_next/static/chunk.js', 'asset'],
    // Begins alike, and is not.
    ['/apiary', 'page'],
    ['/api', 'page'],
    ['', 'page'],
  ])('%s is %s', (url, kind) => expect(requestKind(url)).toBe(kind));
});

describe('the time of requests', () => {
  const exchange = (request: { url?: string; method?: string }, statusCode: number) => ({
    request: request as IncomingMessage,
    response: Object.assign(new EventEmitter(), { statusCode }) as unknown as ServerResponse,
  });

  async function counts(registry: Registry) {
    const [metric] = await registry.getMetricsAsJSON();
    const values = (metric as unknown as { values: { metricName?: string; labels: object; value: number }[] })
      .values;
    return values
      .filter(({ metricName }) => metricName?.endsWith('_count'))
      .map(({ labels, value }) => ({ ...labels, value }));
  }

  it('is measured until the answer is sent, by kind, method and status', async () => {
    const registry = new Registry();
    const measure = measureRequests(registry);
    const { request, response } = exchange({ url: '/api/v1/query', method: 'POST' }, 429);
    measure(request, response);
    expect(await counts(registry)).toEqual([]);
    response.emit('close');
    expect(await counts(registry)).toEqual([{ kind: 'api', method: 'POST', status: '429', value: 1 }]);
  });

  it('is measured once, and never by the whole address: those are too many', async () => {
    const registry = new Registry();
    const measure = measureRequests(registry);
    for (const site of ['a', 'b', 'c']) {
      const { request, response } = exchange({ url: `/sites/${site}`, method: 'GET' }, 200);
      measure(request, response);
      response.emit('close');
      response.emit('close');
    }
    expect(await counts(registry)).toEqual([{ kind: 'page', method: 'GET', status: '200', value: 3 }]);
  });

  it('is measured of a request without an address, too', async () => {
    const registry = new Registry();
    const { request, response } = exchange({}, 400);
    measureRequests(registry)(request, response);
    response.emit('close');
    expect(await counts(registry)).toMatchObject([{ kind: 'page', method: 'other', value: 1 }]);
  });

  it('has one label for all methods that a stranger may think of', async () => {
    const registry = new Registry();
    const measure = measureRequests(registry);
    for (const method of ['PROPFIND', 'MKCOL', 'M-SEARCH']) {
      const { request, response } = exchange({ url: '/', method }, 405);
      measure(request, response);
      response.emit('close');
    }
    expect(await counts(registry)).toEqual([{ kind: 'page', method: 'other', status: '405', value: 3 }]);
  });
});
