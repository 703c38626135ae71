import type { BotKind } from '@footfall/core/lookups';

/** A bot of the list: a text of its user agent, or (`/…/`) a regular expression, and its kind. */
export type ListedBot = readonly [text: string, kind: BotKind];

/** The list, made ready: texts by their first letters, since a thousand of them are looked for at once. */
export type BotList = {
  byHead: ReadonlyMap<number, readonly ListedBot[]>;
  patterns: readonly { pattern: RegExp; kind: BotKind }[];
  /** Any of the patterns. */
  anyPattern: RegExp;
};

const HEAD = 3;
const headAt = (text: string, at: number) =>
  (text.charCodeAt(at) << 16) ^ (text.charCodeAt(at + 1) << 8) ^ text.charCodeAt(at + 2);

/** Makes the list ready to be looked into. */
export function prepareList({ bots }: { bots: readonly ListedBot[] }): BotList {
  const byHead = new Map<number, ListedBot[]>();
  const patterns: { pattern: RegExp; kind: BotKind }[] = [];
  for (const [text, kind] of bots) {
    const source = /^\/(.+)\/$/.exec(text)?.[1];
    if (source !== undefined) patterns.push({ pattern: new RegExp(source), kind });
    else {
      const head = headAt(text, 0);
      byHead.set(head, [...(byHead.get(head) ?? []), [text, kind]]);
    }
  }
  const sources = patterns.map(({ pattern }) => `(?:${pattern.source})`);
  return { byHead, patterns, anyPattern: new RegExp(sources.join('|') || '(?!)') };
}

/** The kind of the first bot of the list that a user agent string names. */
export function findListed(
  { byHead, patterns, anyPattern }: BotList,
  userAgent: string,
): BotKind | undefined {
  for (let at = 0; at + HEAD <= userAgent.length; at += 1) {
    for (const [text, kind] of byHead.get(headAt(userAgent, at)) ?? []) {
      if (userAgent.startsWith(text, at)) return kind;
    }
  }
  if (!anyPattern.test(userAgent)) return undefined;
  return patterns.find(({ pattern }) => pattern.test(userAgent))?.kind;
}
