import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { serviceEnvironment } from '../packages/config/src/config.ts';
import type { VariableName } from '../packages/config/src/variables.ts';
import { cpuSeconds, residentBytes } from './process-cost.ts';

export type ServiceName = 'collector' | 'processor' | 'aggregator' | 'scheduler' | 'web';

/** A service in a process of its own, as the supervisor starts it. */
export type BenchService = {
  port: number;
  /** CPU seconds used so far. */
  cpu(): number;
  /** Bytes of memory held now. */
  memory(): number;
  stop(): Promise<void>;
};

type Variables = Readonly<Partial<Record<VariableName, string>>>;

async function awaitPort(name: string, child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the ${name} ended before it was ready`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
  return message.port;
}

/**
 * Starts a service; its log lines of level error and above go to standard error.
 * @param profile a folder in which it leaves a CPU profile when it stops
 */
export async function startService(
  name: ServiceName,
  variables: Variables,
  profile?: string,
): Promise<BenchService> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
  const child = fork(new URL(`../apps/${name}/src/main.ts`, import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...profiling],
    // Next's types, which come with the portal's, want more of an environment.
    env: serviceEnvironment({ LOG_LEVEL: 'error', ...variables }) as NodeJS.ProcessEnv,
  });
  const pid = child.pid ?? 0;
  return {
    port: await awaitPort(name, child),
    cpu: () => cpuSeconds(pid),
    memory: () => residentBytes(pid),
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
