import { statedAddress } from '@footfall/core/ip';
import { isAddressList } from './client.ts';
import { parseImportInstant } from './instant.ts';
import { hostName } from './log-host.ts';
import { withoutPrefix } from './log-prefix.ts';
import type { Hit } from './page-view.ts';
import { quoted, quotedFields } from './quoted.ts';

/** More words than this are not looked at. */
const MAX_WORDS = 64;

const isAddress = (word: string) => statedAddress(word) !== undefined;

/** A virtual host of a server that has an address and no name: servers listen below 1024 and there, clients come from above. */
const SERVER_ADDRESS = /:(?:[1-9]\d{0,2}|10[01]\d|102[0-3]|8080|8443)$/;

/** How many words of a line's head are its virtual host: one in front of an address. */
function countHostWords([first = '', second = '']: readonly string[]): 0 | 1 {
  if (!isAddressList(second.replace(/,$/, ''))) return 0;
  const isHost = hostName(first) !== undefined && first !== 'unknown';
  return isHost || first === '-' || (isAddress(first) && SERVER_ADDRESS.test(first)) ? 1 : 0;
}

/** How many words are the address or the list of addresses; ident and user, two words at least, stand behind them. */
function countAddressWords(words: readonly string[]): number {
  let count = 1;
  while (count < words.length) {
    const [before = '', word = ''] = [words[count - 1], words[count]];
    const continues = before.endsWith(',') || word.startsWith(',');
    if (!continues && !(isAddress(before) && isAddress(word) && words.length - count > 2)) break;
    count += 1;
  }
  return count;
}

/**
 * Virtual host (`vhost_combined`, `$host`) and client in front of a line: an address, a list of them as `X-Forwarded-For` has it, or
 * the name that the server has looked up. Null when the head is of something else.
 */
function parseHead(head: string): Pick<Hit, 'host' | 'ip'> | null {
  const words = head.replaceAll('"', '').trim().split(/ +/, MAX_WORDS);
  const before = countHostWords(words);
  const behind = words.slice(before);
  const list = behind.slice(0, countAddressWords(behind));
  const client = list.map((word) => word.replace(/^,|,$/g, '')).join(',');
  const isClient = client === '-' || isAddressList(client) || hostName(client) !== undefined;
  return isClient || client.includes(',') ? { host: hostName(words[before - 1]), ip: client } : null;
}

/**
 * A line of a log in the combined or common format as Apache, nginx and their like write it, with or without the virtual host in front,
 * also when syslog or a container's runtime has carried it. Of what follows the user agent only a list of addresses is looked for.
 * Null when it is none.
 */
export function parseCombined(carried: string): Hit | null {
  const line = withoutPrefix(carried);
  const closes = line.indexOf('] "');
  const opens = line.lastIndexOf(' [', closes);
  if (opens <= 0 || closes === -1) return null;
  const [head, request] = [parseHead(line.slice(0, opens)), quoted(line, closes + 3)];
  if (head === null || request === null) return null;
  const [, status, rest = ''] = /^ (\d{3}) (?:\d+|-)(.*)$/s.exec(line.slice(request.end + 1)) ?? [];
  if (status === undefined) return null;
  const fields = quotedFields(rest);
  const [referrer, agent] = rest.startsWith(' "') ? fields : [];
  // A line that breaks off in the middle may be one that is still being written.
  if (referrer === null || agent === null) return null;
  const [method = '', target = ''] = request.text.split(' ');
  const forwarded = fields.findLast((field) => field !== null && isAddressList(field)) ?? undefined;
  return {
    ...head,
    ...(forwarded === undefined ? {} : { forwarded }),
    at: parseImportInstant(line.slice(opens + 2, closes)),
    method,
    target,
    status: Number(status),
    referrer,
    userAgent: agent,
  };
}
