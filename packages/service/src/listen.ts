import { createServer, type Server } from 'node:http';
import { failures } from '@footfall/core/failure';
import { answerHealth, type Health } from './health.ts';

const listenFailure = failures({
  port_in_use: { status: 500, retriable: false },
  cannot_listen: { status: 500, retriable: false },
});

/**
 * Listens on a port (0: any free one) of all addresses; answers the port.
 * @throws Failure `port_in_use`, `cannot_listen`, naming the variable that sets the port
 */
export function listen(server: Server, port: number, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === 'EADDRINUSE';
      const code = inUse ? 'port_in_use' : 'cannot_listen';
      const problem = inUse ? 'is in use' : `cannot be listened on (${cause.code})`;
      reject(
        listenFailure(code, `port ${port} ${problem}; set ${variable} to another`, {
          where: variable,
          cause,
        }),
      );
    });
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops listening and resolves when every request in hand has been answered. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** The server of a service that has nothing but health endpoints. */
export async function startHealthServer(
  health: Health,
  port: number,
  variable: string,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (!answerHealth(health, request, response)) response.writeHead(404).end();
  });
  return { port: await listen(server, port, variable), close: () => closeServer(server) };
}
