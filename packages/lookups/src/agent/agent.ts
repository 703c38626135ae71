import { NONE } from '@footfall/core/dimension';
import type { Agent } from '@footfall/core/lookups';
import { LRUCache } from 'lru-cache';
import { findBot } from './bot.ts';
import { findBrowser } from './browser.ts';
import { findDevice } from './device.ts';
import { stripCommon } from './product.ts';
import { findSystem } from './system.ts';

/** What a user agent string says of the browser, its system and device, and whether it is a bot's. */
export function parseAgent(userAgent: string): Agent {
  const rest = stripCommon(userAgent);
  const browser = findBrowser(userAgent, rest);
  const system = findSystem(userAgent, rest);
  const botKind = findBot(userAgent);
  return {
    device: findDevice(rest, system.name === NONE ? '' : system.name) ?? NONE,
    browser: browser.name,
    browserVersion: browser.version,
    os: system.name,
    osVersion: system.version,
    bot: botKind !== undefined,
    botKind: botKind ?? NONE,
  };
}

/** Shops see the same few thousand agents all day: so many are remembered. */
const REMEMBERED = 20_000;

/** A look-up of user agents that remembers the latest it parsed. */
export function agentLookup(): (userAgent: string) => Agent {
  const cache = new LRUCache<string, Agent>({ max: REMEMBERED });
  return (userAgent) => {
    let agent = cache.get(userAgent);
    if (agent === undefined) {
      agent = parseAgent(userAgent);
      cache.set(userAgent, agent);
    }
    return agent;
  };
}
