import { anyListenProblem } from '@footfall/postgres/free-port';
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
