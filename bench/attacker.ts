import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ATTACKS, type Attacker, type Blow } from './attacks.ts';

// In a thread of its own, so that whoever measures the victim's requests is not kept by making the attacker's.
const { name, attacker, port, milliseconds } = workerData as {
  name: string;
  attacker: Attacker;
  port: number;
  milliseconds: number;
};
const attack = ATTACKS.find((one) => one.name === name);
if (attack === undefined) throw new Error(`there is no attack ${name}`);
const { blow, connections, isFresh = false } = attack;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const until = performance.now() + milliseconds;
const statuses: Record<string, number> = {};

async function write(sending: ReturnType<typeof request>, { body, trickle }: Blow): Promise<void> {
  if (trickle !== undefined) {
    const bytes = Buffer.from(body);
    for (
      let at = 0;
      at < bytes.length && performance.now() < until && !sending.destroyed;
      at += trickle.bytes
    ) {
      sending.write(bytes.subarray(at, at + trickle.bytes));
      await sleep(trickle.pauseMs);
    }
    if (performance.now() >= until) sending.destroy();
  }
  sending.end(trickle === undefined ? body : undefined);
}

function strike(one: Blow): Promise<void> {
  return new Promise((resolve) => {
    const { path, headers = {} } = one;
    const length = { 'content-length': Buffer.byteLength(one.body) };
    const sending = request({
      agent,
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: { ...headers, ...length },
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
    void write(sending, one);
  });
}

/** Requests that are made before and sent again and again. */
const MADE = 8;
const made = isFresh ? [] : Array.from({ length: MADE }, (_, n) => blow(attacker, n));

let n = 0;
const send = async () => {
  while (performance.now() < until) {
    n += 1;
    await strike(made[n % MADE] ?? blow(attacker, n));
  }
};
await Promise.all(Array.from({ length: connections }, send));
agent.destroy();
parentPort?.postMessage(statuses);
