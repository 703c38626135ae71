import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { closeServer, listen } from './listen.ts';

async function connected(port: number, said = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(said);
  return socket;
}

const ANY = { host: '127.0.0.1', port: 0, variable: 'TEST_PORT' };
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

/** A server whose requests are answered when the test says so. */
function slowServer(): { server: Server; request: Promise<ServerResponse> } {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  return { server: createServer((_request, response) => resolve(response)), request: promise };
}

test('answers the port that it got, and listens at the address alone that it was given', async () => {
  const server = createServer((_request, response) => response.end('here'));
  const port = await listen(server, ANY);
  for (const host of ['127.0.0.1', 'localhost'])
    expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  // All of 127.0.0.0/8 is this machine: who listened at every address would answer here too.
  await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
  await closeServer(server);
});

test('listens at every address when it is told to', async () => {
  const server = createServer((_request, response) => response.end('here'));
  const port = await listen(server, { ...ANY, host: '0.0.0.0' });
  expect(await (await fetch(`http://127.0.0.2:${port}/`)).text()).toBe('here');
  await closeServer(server);
});

test('an address that this machine does not have is one line with the variable', async () => {
  // 192.0.2.0/24 is kept for documentation: no machine has it.
  await expect(listen(createServer(), { ...ANY, host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'cannot_listen',
    message: '192.0.2.1 is not an address of this machine; set LISTEN_HOST',
    where: 'LISTEN_HOST',
  });
});

test('a port in use is one line with the port and the variable', async () => {
  const first = createServer();
  const port = await listen(first, ANY);
  await expect(listen(createServer(), { ...ANY, port })).rejects.toMatchObject({
    code: 'port_in_use',
    message: `port ${port} is in use; set TEST_PORT to another`,
    where: 'TEST_PORT',
  });
  await closeServer(first);
});

test('closing waits for the request in hand, and its answer closes the connection', async () => {
  const { server, request } = slowServer();
  const port = await listen(server, ANY);
  const socket = await connected(port, REQUEST);
  const response = await request;
  const closed = closeServer(server).then(() => 'closed');
  expect(await Promise.race([closed, new Promise((resolve) => setImmediate(resolve, 'open'))])).toBe('open');
  response.end('late');
  expect(await text(socket)).toMatch(/connection: close.*late/is);
  expect(await closed).toBe('closed');
});

test('a connection that sends nothing, or only half a request, does not hold up closing', async () => {
  const { server } = slowServer();
  const port = await listen(server, ANY);
  const sockets = await Promise.all([connected(port), connected(port, 'GET / HT')]);
  for (const socket of sockets) socket.on('error', () => undefined);
  await once(server, 'connection');
  await closeServer(server);
  expect(server.listening).toBe(false);
});

test('a server that never listened closes', async () => {
  await closeServer(createServer());
});
