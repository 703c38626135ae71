import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@footfall/postgres/free-port';

export type Shop = { url: string; stop(): Promise<void> };

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Starts the example shop with a site's key, sending to a collector. */
export async function startShop(options: { siteKey: string; collectorUrl: string }): Promise<Shop> {
  const port = await freePort();
  const main = new URL('../../examples/shop/src/main.ts', import.meta.url).pathname;
  const args = [main, '--port', String(port), '--site', options.siteKey, '--collector', options.collectorUrl];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 15_000; !(await answers(url)); ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the example shop does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop: () => stop(child) };
}
