import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { type Knock, type PublicActions, portalAttacks } from './portal-attacks.ts';

// In a thread of its own, so that whoever measures the shop's requests is not kept by making the attacker's.
const { name, port, milliseconds, actions } = workerData as {
  name: string;
  port: number;
  milliseconds: number;
  actions: PublicActions;
};
const attack = portalAttacks(actions).find((one) => one.name === name);
if (attack === undefined) throw new Error(`there is no attack ${name}`);
const { knock, connections } = attack;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const until = performance.now() + milliseconds;
const statuses: Record<string, number> = {};
let knocks = 0;

function strike({ method, path, headers, body = '' }: Knock): Promise<void> {
  return new Promise((resolve) => {
    const own = { origin: `http://127.0.0.1:${port}`, 'x-forwarded-for': '203.0.113.66' };
    const length = method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {};
    const sending = request({
      agent,
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...own, ...headers, ...length },
    });
    const count = (status: string) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
    };
    sending.on('response', (response) => {
      count(String(response.statusCode));
      response.resume().on('close', resolve);
    });
    sending.on('error', () => {
      count('cut');
      resolve();
    });
    sending.end(body);
  });
}

async function knockOn(): Promise<void> {
  while (performance.now() < until) {
    knocks += 1;
    await strike(knock(knocks));
  }
}

await Promise.all(Array.from({ length: connections }, knockOn));
agent.destroy();
parentPort?.postMessage(statuses);
