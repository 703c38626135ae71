import { connect } from 'node:net';

export type LoadResult = { count: number; perSecond: number; p50: number; p99: number; errors: number };

/**
 * Sends the same kind of POST over so many keep-alive connections for a while, one request at a time on each.
 * `body` is called for each request. Latencies in milliseconds.
 */
export async function load(options: {
  port: number;
  path: string;
  headers: Record<string, string>;
  body: () => string;
  connections: number;
  milliseconds: number;
}): Promise<LoadResult> {
  const latencies: number[] = [];
  let errors = 0;
  const end = performance.now() + options.milliseconds;
  const head = Object.entries(options.headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const worker = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(options.port, '127.0.0.1');
      let started = 0;
      const next = () => {
        if (performance.now() >= end) {
          socket.end();
          resolve();
          return;
        }
        const body = options.body();
        started = performance.now();
        socket.write(
          `POST ${options.path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.setNoDelay(true);
      socket.on('connect', next);
      socket.on('error', reject);
      // Answers are small and come whole.
      socket.on('data', (data) => {
        latencies.push(performance.now() - started);
        if (data.toString('latin1', 9, 12) !== '202') errors += 1;
        next();
      });
    });
  const begin = performance.now();
  await Promise.all(Array.from({ length: options.connections }, worker));
  const seconds = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    count: latencies.length,
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    errors,
  };
}
