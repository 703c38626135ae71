import { createServer } from 'node:net';
import { installationFailure } from './errors.ts';

/** Wildcards first: that is what services listen on; a loopback listener of somebody else would answer in their place. */
const HOSTS = ['::', '0.0.0.0', '127.0.0.1'];
/** A machine without IPv6 has no such address: nobody can have taken it. */
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function listenError(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be listened on by this user',
};

/**
 * Checks that a service can listen on a port.
 * @throws Failure `port_unusable` naming the variable, the port and what to do
 */
export async function checkPort(variable: string, port: number): Promise<void> {
  for (const host of HOSTS) {
    const code = await listenError(port, host);
    if (code === null || ABSENT.has(code)) continue;
    const other = port < 65_000 && port >= 1024 ? port + 100 : 8080;
    throw installationFailure(
      'port_unusable',
      `${variable}: port ${port} ${PROBLEMS[code] ?? `cannot be listened on (${code})`}; stop that program or set another port, for example ${variable}=${other}`,
      { where: variable },
    );
  }
}
