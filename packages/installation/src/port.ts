import { ABSENT_ADDRESS, anyListenProblem, listenProblem } from '@footfall/postgres/free-port';
import { installationFailure } from './errors.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be listened on by this user',
};

/**
 * Checks that a service can listen on a port.
 * @throws Failure `port_unusable` naming the variable, the port and what to do
 */
export async function checkPort(variable: string, port: number): Promise<void> {
  const code = await anyListenProblem(port);
  if (code === null) return;
  const other = port < 65_000 && port >= 1024 ? port + 100 : 8080;
  throw installationFailure(
    'port_unusable',
    `${variable}: port ${port} ${PROBLEMS[code] ?? `cannot be listened on (${code})`}; stop that program or set another port, for example ${variable}=${other}`,
    { where: variable },
  );
}

/**
 * Checks that services can listen at an address.
 * @throws Failure `host_unusable` when this machine has no such address
 */
export async function checkHost(host: string): Promise<void> {
  const code = await listenProblem(0, host);
  if (code === null || !ABSENT_ADDRESS.has(code)) return;
  throw installationFailure(
    'host_unusable',
    `LISTEN_HOST: ${host} is not an address of this machine; set it to one, or to all of them, for example LISTEN_HOST=0.0.0.0`,
    { where: 'LISTEN_HOST' },
  );
}
