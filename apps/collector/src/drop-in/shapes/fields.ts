import { createHash } from 'node:crypto';
import { MAX_ID } from '@footfall/core/event-shape';
import { isJsonObject, type JsonObject } from '@footfall/core/json';

/** What a mapping must know of the site that events are for. */
export type MappedSite = { domain: string; currency: string };

/** The fields of an object; none of anything else. */
export function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The objects of a list; none of anything else. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Some fields of objects, each of the last that has it; no other field is looked at, however many there are. */
export function pickFields(names: readonly string[], ...from: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const last = from.findLast((fields) => Object.hasOwn(fields, name));
      return last === undefined ? [] : [[name, last[name]]];
    }),
  );
}

/** The first value that says something: neither missing nor null nor empty text. */
export function firstGiven(...values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null && value !== '');
}

/** Text, or a number as text; undefined of anything else, and of what is empty. */
export function asText(value: unknown, max = Number.POSITIVE_INFINITY): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, max) : undefined;
}

/** An id as it is kept: one that is too long is hashed, since cut ones would fall together. */
export function asId(value: unknown): string | undefined {
  const id = asText(value);
  return id === undefined || id.length <= MAX_ID ? id : createHash('sha256').update(id).digest('hex');
}

/** A number, or text that is one, moved into a range; undefined of anything else. */
export function numberWithin(value: unknown, [least, most]: readonly [number, number]): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  return Math.min(most, Math.max(least, number));
}

const MAX_PIXELS = 100_000;

/** Width and height of a screen; undefined unless both are known. */
export function asScreen(width: unknown, height: unknown): [number, number] | undefined {
  const sides = [width, height].map((side) => numberWithin(side, [0, MAX_PIXELS]));
  const [across, down] = sides.map((side) => side && Math.round(side));
  return across && down ? [across, down] : undefined;
}

/** The range of `engaged_ms`: at most a day. */
export const ENGAGED_MS = [0, 24 * 3_600_000] as const;

/** The range of `scroll`. */
export const PERCENT = [0, 100] as const;

const MAX_TAG = 64;

/** A language tag or an address; one that is longer than any is none. */
export function asLanguageTag(value: unknown): string | undefined {
  const tag = asText(value);
  return tag === undefined || tag.length > MAX_TAG ? undefined : tag;
}

/** The address that stands for a screen of an app, which has none. */
export function screenUrl(name: string, { domain }: MappedSite): string {
  return `https://${domain}/screen/${encodeURIComponent(name.toWellFormed())}`;
}
