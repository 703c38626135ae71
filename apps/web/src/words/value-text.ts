import { type DimensionName, NONE } from '@footfall/core/dimension';
import { DIRECT } from '@footfall/core/source';
import { type Formats, useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import type { Words } from './words.ts';

type Speech = {
  formats: Formats;
  values: Words<'values'>;
  channels: Words<'channels'>;
  devices: Words<'devices'>;
};

/** Whether there is a word for a value of the data: history that was imported names channels of its own. */
function isKey<Key extends string>(
  words: { raw(key: Key): unknown; has(key: Key): boolean },
  value: string,
): value is Key {
  // A full stop would be read as a path into the words; and every object has a `constructor`.
  return !value.includes('.') && words.has(value as Key) && typeof words.raw(value as Key) === 'string';
}

/** The dimensions whose values have names of their own in a language; of all others the values stand for themselves. */
const SPOKEN: Partial<Record<DimensionName, (value: string, speech: Speech) => string>> = {
  'visit:country': (value, { formats, values }) =>
    value === NONE ? values('unknown') : formats.country(value),
  'visit:source': (value, { values }) => (value === DIRECT ? values('direct') : value),
  'visit:language': (value, { formats }) => formats.language(value),
  'visit:channel': (value, { channels }) => (isKey(channels, value) ? channels(value) : value),
  'visit:device': (value, { devices }) => (isKey(devices, value) ? devices(value) : value),
};

/** Answers what a dimension's value is called on screen; in addresses and filters values stand as the data has them. */
export function useValueText(): (dimension: DimensionName, value: string) => string {
  const speech: Speech = {
    formats: useFormats(),
    values: useWords('values'),
    channels: useWords('channels'),
    devices: useWords('devices'),
  };
  return (dimension, value) => {
    const spoken = SPOKEN[dimension]?.(value, speech) ?? value;
    return spoken === NONE ? speech.values('none') : spoken;
  };
}
