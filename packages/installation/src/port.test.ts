import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { checkHost, checkPort } from './port.ts';

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

test.each(['127.0.0.1', '0.0.0.0'])('this machine can listen on %s', async (host) => {
  await expect(checkHost(host)).resolves.toBeUndefined();
});

test('an address that this machine does not have is told with its variable', async () => {
  // 192.0.2.0/24 is kept for documentation: no machine has it.
  await expect(checkHost('192.0.2.1')).rejects.toMatchObject({
    code: 'host_unusable',
    where: 'LISTEN_HOST',
    message: expect.stringMatching(/^LISTEN_HOST: 192\.0\.2\.1 is not an address .*LISTEN_HOST=0\.0\.0\.0$/),
  });
});
