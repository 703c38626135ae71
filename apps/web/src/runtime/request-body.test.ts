import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BodyReader } from './request-body.ts';

const BOUNDS = { mostOfSender: 100, mostOfAll: 250, timeoutMs: 60_000 };

/** A body that is being sent: what was written of it has arrived. */
function sending(bodies: BodyReader, sender: string, bytes: number) {
  const stream = Object.assign(new PassThrough(), { headers: {} });
  stream.write(Buffer.alloc(bytes));
  const request = stream as unknown as IncomingMessage;
  const held = bodies.read({ request, most: 90, sender });
  held.catch(() => undefined);
  return { held, stream };
}

describe('bodies that are sent at once', () => {
  it('of one sender have a bound, and others are not concerned', async () => {
    const bodies = new BodyReader(BOUNDS);
    const first = sending(bodies, '192.0.2.1', 80);
    await expect.poll(() => bodies.held).toBe(80);
    await expect(sending(bodies, '192.0.2.1', 30).held).rejects.toMatchObject({
      code: 'too_many_bodies',
      retryAfter: 5,
    });
    const other = sending(bodies, '192.0.2.2', 30);
    other.stream.end();
    expect((await other.held).body.byteLength).toBe(30);
    first.stream.destroy();
    await expect(first.held).rejects.toMatchObject({ code: 'body_broken_off' });
  });

  it('of all senders have a bound, and room comes back when one is answered', async () => {
    const bodies = new BodyReader(BOUNDS);
    const held = ['a', 'b', 'c'].map((sender) => sending(bodies, sender, 80));
    await expect.poll(() => bodies.held).toBe(240);
    await expect(sending(bodies, 'd', 20).held).rejects.toMatchObject({ code: 'too_many_bodies' });
    held[0]?.stream.end();
    const done = await held[0]?.held;
    done?.release();
    expect(bodies.held).toBe(160);
    // Whoever answers twice gives back once.
    done?.release();
    expect(bodies.held).toBe(160);
    const next = sending(bodies, 'd', 20);
    next.stream.end();
    await expect(next.held).resolves.toMatchObject({ body: Buffer.alloc(20) });
  });
});
