import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { A: 1, TXT: 16, AAAA: 28 } as const;

/** Records by name: lists of texts, and of IPv4 addresses. */
export type Zone = Readonly<Record<string, { TXT?: readonly string[]; A?: readonly string[] }>>;

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  // The name is that of the question.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function answer(question: Buffer, zone: Zone): Buffer {
  const { name, end } = readName(question);
  const type = question.readUInt16BE(end);
  const found = zone[name];
  const texts = type === TYPES.TXT ? (found?.TXT ?? []) : [];
  const addresses = type === TYPES.A ? (found?.A ?? []) : [];
  const records = [
    ...texts.map((text) => record(type, Buffer.concat([Buffer.of(text.length), Buffer.from(text)]))),
    ...addresses.map((address) => record(type, Buffer.from(address.split('.').map(Number)))),
  ];
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(found === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, question.subarray(12, end + 4), ...records]);
}

/** A server of DNS on loopback that knows a zone and nothing else. */
export async function dnsServer(zone: Zone): Promise<{ address: string; asked: string[]; close(): void }> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (question, from) => {
    asked.push(readName(question).name);
    socket.send(answer(question, zone), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}
