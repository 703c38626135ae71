import { describe, expect, it } from 'vitest';
import { logPageFailure } from './page-failure.ts';
import { fakeLog, useFakeServices } from './services.fixture.ts';
import { services } from './services.ts';

const log = fakeLog();

describe('the services of the process', () => {
  useFakeServices(() => ({ log }));

  it('are those that were provided, wherever they are asked for', async () => {
    expect(services().log).toBe(log);
    // As another bundle would load the module.
    const again = (await import(`./services.ts?${'again'}`)) as { services: typeof services };
    expect(again.services().log).toBe(log);
  });

  it.each([
    ['/sites/site_a?token=secret', '/sites/site_a'],
    ['/sites/site_a', '/sites/site_a'],
    ['/?', '/'],
  ])('write a failure at %s into the log without what may be secret', (path, written) => {
    const error = Object.assign(new Error('oh'), { digest: '4711' });
    logPageFailure(error, { path, route: '/sites/[id]' });
    expect(log.error).toHaveBeenLastCalledWith(
      { err: error, digest: '4711', path: written, route: '/sites/[id]' },
      'page failed',
    );
  });

  it.each([undefined, null, 'text'])('write what is not an error (%j), too', (error) => {
    logPageFailure(error, { path: '/', route: '/' });
    expect(log.error.mock.lastCall?.[0]).toMatchObject({ err: error, digest: undefined });
  });
});
