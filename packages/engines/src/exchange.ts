import { connect } from 'node:net';

const TIMEOUT_MS = 5_000;

/**
 * Sends one request to a port of 127.0.0.1 and answers what comes back, once it is `size` bytes long; null when nobody listens,
 * the connection breaks or nothing whole came within 5 s.
 */
export function exchange(port: number, request: Buffer, size: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0);
    const socket = connect({ port, host: '127.0.0.1', timeout: TIMEOUT_MS });
    const finish = (result: Buffer | null) => {
      resolve(result);
      socket.destroy();
    };
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= size) finish(answer);
    });
    for (const event of ['error', 'timeout', 'close'] as const) socket.once(event, () => finish(null));
  });
}
