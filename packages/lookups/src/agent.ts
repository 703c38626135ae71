import { NONE } from '@footfall/core/dimension';
import type { Agent } from '@footfall/core/lookups';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import { UAParser } from 'ua-parser-js';

/** What the parser calls a device; desktops are what it has no name for. */
const DEVICES: Readonly<Record<string, string>> = {
  mobile: 'Mobile',
  tablet: 'Tablet',
  smarttv: 'TV',
  console: 'Console',
  wearable: 'Other',
  embedded: 'Other',
};

/** Names that merchants know, for what the parser names by build. */
const BROWSERS: Readonly<Record<string, string>> = {
  'Mobile Safari': 'Safari',
  'Mobile Firefox': 'Firefox',
  'Chrome Headless': 'Chrome',
  'Chrome WebView': 'Chrome',
  'Android Browser': 'Android Browser',
  'Opera Mobi': 'Opera',
};
const SYSTEMS: Readonly<Record<string, string>> = { 'Mac OS': 'macOS', 'Chromium OS': 'ChromeOS' };

const major = (version: string | undefined) => version?.split('.')[0] || NONE;

function parseAgent(userAgent: string): Agent {
  const { browser, os, device } = new UAParser(userAgent).getResult();
  const known = browser.name !== undefined || os.name !== undefined;
  return {
    device: device.type === undefined ? (known ? 'Desktop' : NONE) : (DEVICES[device.type] ?? 'Other'),
    browser: browser.name === undefined ? NONE : (BROWSERS[browser.name] ?? browser.name),
    browserVersion: major(browser.version),
    os: os.name === undefined ? NONE : (SYSTEMS[os.name] ?? os.name),
    osVersion: os.version || NONE,
    bot: isbot(userAgent),
    botKind: isbot(userAgent) ? 'Other' : NONE,
  };
}

/** Parsing takes some 60 µs and shops see the same few thousand agents all day: remember that many. */
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
