import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MAX_BODY } from '#api/body.ts';
import nextConfig from '../../next.config.ts';
import { BODY_LIMITS, bodyLimit } from './body-limits.ts';
import { readSources } from './written.fixture.ts';

const { routes } = readSources(fileURLToPath(new URL('../', import.meta.url)));

describe('the table of bodies', () => {
  it('has a row for every route that is written, and one for pages', () => {
    expect(Object.keys(BODY_LIMITS).sort()).toEqual([...routes.map(({ name }) => name), 'pages'].sort());
  });

  it.each(Object.entries(BODY_LIMITS))('has %s with at most a megabyte: %i', (_, most) => {
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(1024 * 1024);
  });

  it('agrees with what routes and Next hold themselves', () => {
    expect(BODY_LIMITS['/api/v1/query']).toBe(MAX_BODY);
    expect(nextConfig.experimental?.serverActions?.bodySizeLimit).toBe(BODY_LIMITS.pages);
  });

  it.each([
    ['/api/auth/signin', 8 * 1024],
    ['/api/auth/callback/credentials', 8 * 1024],
    ['/api/v1/query', MAX_BODY],
    ['/api/nothing/here', 1024],
    ['/sites/site_a/settings', BODY_LIMITS.pages],
    ['/sign-in', BODY_LIMITS.pages],
    // What is written otherwise is bounded as a page is.
    ['/api//auth/signin', 1024],
    ['/%61pi/auth/signin', BODY_LIMITS.pages],
  ])('takes at %s %i bytes', (pathname, most) => expect(bodyLimit(pathname)).toBe(most));
});
