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

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

/** A server whose requests are answered when the test says so. */
function slowServer(): { server: Server; request: Promise<ServerResponse> } {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  return { server: createServer((_request, response) => resolve(response)), request: promise };
}

test('answers the port that it got, on IPv4 and by name', async () => {
  const server = createServer((_request, response) => response.end('here'));
  const port = await listen(server, 0, 'TEST_PORT');
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  }
  await closeServer(server);
});

test('a port in use is one line with the port and the variable', async () => {
  const first = createServer();
  const port = await listen(first, 0, 'TEST_PORT');
  await expect(listen(createServer(), port, 'TEST_PORT')).rejects.toMatchObject({
    code: 'port_in_use',
    message: `port ${port} is in use; set TEST_PORT to another`,
    where: 'TEST_PORT',
  });
  await closeServer(first);
});

test('closing waits for the request in hand, and its answer closes the connection', async () => {
  const { server, request } = slowServer();
  const port = await listen(server, 0, 'TEST_PORT');
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
  const port = await listen(server, 0, 'TEST_PORT');
  const sockets = await Promise.all([connected(port), connected(port, 'GET / HT')]);
  for (const socket of sockets) socket.on('error', () => undefined);
  await once(server, 'connection');
  await closeServer(server);
  expect(server.listening).toBe(false);
});

test('a server that never listened closes', async () => {
  await closeServer(createServer());
});
