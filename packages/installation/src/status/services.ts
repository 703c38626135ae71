import { localUrl } from '@footfall/config/local-url';
import type { Runtime } from '../runtime.ts';
import { type Health, part } from './part.ts';

const ANSWER_MS = 3_000;

/** The checks of a service that do not pass, from its answer to `/readyz`; the whole answer where it is none of ours. */
function failingChecks(answer: string): string {
  try {
    const { checks } = JSON.parse(answer) as { checks: Record<string, string> };
    const failing = Object.entries(checks).filter(([, text]) => text !== 'ok');
    if (failing.length > 0) return failing.map(([name, text]) => `${name}: ${text}`).join('; ');
  } catch {
    // Something else listens at that port: its answer is what there is to say.
  }
  return answer.slice(0, 200);
}

async function askReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`not ready (${response.status}): ${failingChecks(answer)}`);
}

/** The services that a supervisor runs here. */
export async function askServices(runtime: Runtime | null): Promise<Health> {
  const answers = Object.entries(runtime?.services ?? {}).map(
    async ([name, { pid, port, restarts }]) =>
      [
        name,
        { ...(await part(() => askReady(localUrl(runtime as Runtime, port)))), pid, port, restarts },
      ] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}
