import { classifyChannel } from './channel.ts';
import { type DerivedField, NONE } from './dimension.ts';
import { PASSIVE_EVENTS } from './event-name.ts';
import { languageText } from './language.ts';
import type { Agent, BotKind, Lookups, Place } from './lookups.ts';
import { parsePage } from './page.ts';
import type { RawEvent } from './raw-event.ts';
import { resolveSource } from './source.ts';

/** What the raw event says once it is understood: every dimension as text, `(none)` where it is silent. */
export type Derived = Record<Exclude<DerivedField, 'bot'>, string> & {
  bot: boolean;
  /** Ends a bounce. */
  interactive: boolean;
};

const SILENT_AGENT: Agent = {
  device: NONE,
  browser: NONE,
  browserVersion: NONE,
  os: NONE,
  osVersion: NONE,
  bot: false,
  botKind: NONE,
};
const NOWHERE: Place = { country: NONE, region: NONE, city: NONE };
const SPAM: BotKind = 'Referrer spam';

/**
 * Everything that can be told from one raw event alone, and the domains of its site. Pure: the same event, domains, lists and
 * {@link LOGIC_VERSION} give the same result, whoever runs it and however often.
 * @throws TypeError when the event's address is not a URL: validation has refused those, so it marks a poison record.
 */
export function derive(raw: RawEvent, lookups: Lookups, ownDomains: readonly string[] = []): Derived {
  const page = parsePage(raw.url);
  const source = resolveSource({ page, referrer: raw.referrer, ownDomains }, lookups);
  const { known: _known, impliedMedium: _impliedMedium, spam, ...sourceText } = source;
  const agent = raw.userAgent === undefined ? SILENT_AGENT : lookups.agent(raw.userAgent, raw.hints);
  return {
    page: page.path,
    hostname: page.hostname,
    ...sourceText,
    channel: classifyChannel(source),
    ...agent,
    // A bot that names itself keeps its kind.
    ...(spam && !agent.bot ? { bot: true, botKind: SPAM } : {}),
    ...(raw.ip === undefined ? NOWHERE : lookups.place(raw.ip)),
    screen: raw.screen === undefined ? NONE : `${raw.screen[0]}x${raw.screen[1]}`,
    language: languageText(raw.lang ?? '') || NONE,
    interactive: raw.interactive ?? !PASSIVE_EVENTS.has(raw.name),
  };
}
