import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { A: 1, TXT: 16, AAAA: 28 } as const;

type Records = { TXT?: readonly string[]; A?: readonly string[]; AAAA?: readonly string[] };

/** Records by name: lists of texts, of IPv4 addresses, and of IPv6 addresses with all their groups; made anew for each question of IPv4 addresses where it is a function. */
export type Zone = Readonly<Record<string, Records | (() => Records)>>;

const v4 = (address: string) => Buffer.from(address.split('.').map(Number));
const v6 = (address: string) =>
  Buffer.from(
    address
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  );

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
  const entry = zone[name];
  const found = typeof entry === 'function' ? (type === TYPES.A ? entry() : {}) : entry;
  const texts = type === TYPES.TXT ? (found?.TXT ?? []) : [];
  const addresses = type === TYPES.A ? (found?.A ?? []).map(v4) : [];
  if (type === TYPES.AAAA) addresses.push(...(found?.AAAA ?? []).map(v6));
  const records = [
    ...texts.map((text) => record(type, Buffer.concat([Buffer.of(text.length), Buffer.from(text)]))),
    ...addresses.map((address) => record(type, address)),
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
