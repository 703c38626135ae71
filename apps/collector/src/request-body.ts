import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { collectorFailure } from './errors.ts';

/** What every way in has in common: a site and a list of events, each event still any JSON value. */
export type RequestBody = { site: string; events: readonly unknown[] };

const SHAPE = '{"site": "…", "events": [{…}, …]}';

function parse(text: string, shape: string): unknown {
  if (text.trim() === '') throw collectorFailure('invalid_json', `the body is empty; it is ${shape}`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw collectorFailure('invalid_json', `the body is not valid JSON: ${message.slice(0, 200)}`, { cause });
  }
}

/** What a value is, in words of JSON. */
function describeKind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * The object that a body is; `shape` tells its sender what it should look like.
 * @throws Failure `invalid_json`, `invalid_body`
 */
export function parseObject(text: string, shape: string): JsonObject {
  const body = parse(text, shape);
  if (isJsonObject(body)) return body;
  throw collectorFailure('invalid_body', `the body is ${describeKind(body)}; it must be an object ${shape}`);
}

/**
 * The events of a body, by the name that they have there.
 * @throws Failure `invalid_body`, `too_large`
 */
export function requireEvents(body: JsonObject, where: string, maxEvents: number): readonly unknown[] {
  const events = body[where];
  if (!Array.isArray(events)) {
    throw collectorFailure(
      'invalid_body',
      `${where} is ${describeKind(events)}; it must be a list of events`,
      {
        where,
      },
    );
  }
  if (events.length > maxEvents) {
    throw collectorFailure(
      'too_large',
      `${where} has ${events.length} entries; a request has at most ${maxEvents}`,
      { where },
    );
  }
  return events;
}

/**
 * Reads the shape of a request; the events are looked at one by one, later.
 * @throws Failure `invalid_json`, `invalid_body`, `too_large`
 */
export function parseRequestBody(text: string, maxEvents: number): RequestBody {
  const body = parseObject(text, SHAPE);
  const { site } = body;
  if (typeof site !== 'string' || site === '') {
    const problem = site === '' ? 'empty' : describeKind(site);
    throw collectorFailure('invalid_body', `site is ${problem}; it must be a site key such as "ff_…"`, {
      where: 'site',
    });
  }
  return { site, events: requireEvents(body, 'events', maxEvents) };
}
