import type { ClientHints } from '@footfall/core/client-hints';
import { NONE } from '@footfall/core/dimension';
import type { Agent, Lookups } from '@footfall/core/lookups';
import { LRUCache } from 'lru-cache';
import { findBot } from './bot.ts';
import { findBrowser } from './browser.ts';
import { findDevice } from './device.ts';
import { stripCommon } from './product.ts';
import { findSystem } from './system.ts';

/** What stands in a user agent where Chrome hides model and version of Android. */
const REDUCED = /Android 10; K(?=[;)])/;
/** Windows 11 tells this or more as its version, and Windows in its user agent. */
const WINDOWS_11 = 13;

/** Those of people have up to 400 characters; more is not looked at, so that none costs more. */
const LONGEST = 1_000;

/** The version of a system that its browser tells in client hints alone. */
function hintedVersion(system: string, version: string, { platformVersion = '' }: ClientHints): string {
  if (!/^\d+(?:\.\d+)*$/.test(platformVersion)) return version;
  const major = Number.parseInt(platformVersion, 10);
  if (system === 'Windows') return major >= WINDOWS_11 ? '11' : version;
  // Zeros at the end say no more than what stands before them.
  return system === 'macOS' || system === 'Android' ? platformVersion.replace(/(?:\.0)+$/, '') : version;
}

/**
 * What a user agent string says of the browser, its system and device, and whether it is a bot's; with the model and the system's
 * version of client hints, where the browser sent them.
 */
export function parseAgent(said: string, hints: ClientHints = {}): Agent {
  const looked = said.slice(0, LONGEST);
  const userAgent =
    hints.model === undefined ? looked : looked.replace(REDUCED, () => `Android 10; ${hints.model}`);
  const rest = stripCommon(userAgent);
  const browser = findBrowser(userAgent, rest);
  const system = findSystem(userAgent, rest);
  const botKind = findBot(userAgent);
  return {
    device: findDevice(rest, system.name === NONE ? '' : system.name) ?? NONE,
    browser: browser.name,
    browserVersion: browser.version,
    os: system.name,
    osVersion: hintedVersion(system.name, system.version, hints),
    bot: botKind !== undefined,
    botKind: botKind ?? NONE,
  };
}

/** Shops see the same few thousand agents all day: so many are remembered. */
const REMEMBERED = 20_000;

/** A look-up of user agents that remembers the latest it parsed, without those that are longer than people's: a flood of them fills no memory. */
export function agentLookup(): Lookups['agent'] {
  const cache = new LRUCache<string, Agent>({ max: REMEMBERED });
  return (userAgent, hints) => {
    if (userAgent.length > LONGEST) return parseAgent(userAgent, hints);
    const key = hints === undefined ? userAgent : [userAgent, hints.model, hints.platformVersion].join('\n');
    let agent = cache.get(key);
    if (agent === undefined) {
      agent = parseAgent(userAgent, hints);
      cache.set(key, agent);
    }
    return agent;
  };
}
