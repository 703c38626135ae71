import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { checkPort } from './port.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function occupy(host: string): Promise<number> {
  server = createServer();
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port that somebody listens on at %s is told with its variable',
  async (host) => {
    const port = await occupy(host);
    await expect(checkPort('WEB_PORT', port)).rejects.toMatchObject({
      code: 'port_unusable',
      message: expect.stringMatching(
        new RegExp(`^WEB_PORT: port ${port} is in use by another program; .*for example WEB_PORT=\\d+$`),
      ),
    });
  },
);

test('a port that was given back is free', async () => {
  const port = await occupy('127.0.0.1');
  server?.close();
  await expect(checkPort('WEB_PORT', port)).resolves.toBeUndefined();
});
