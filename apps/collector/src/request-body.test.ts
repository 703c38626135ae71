import { expect, test } from 'vitest';
import { parseRequestBody } from './request-body.ts';

test('reads the site and the events, whatever they are', () => {
  const events = [{ name: 'pageview' }, null, 7, '__proto__', []];
  expect(parseRequestBody(JSON.stringify({ site: 'ff_x', events, more: 1 }), 5)).toEqual({
    site: 'ff_x',
    events,
  });
});

test('no events are none', () => {
  expect(parseRequestBody('{"site":"ff_x","events":[]}', 5).events).toEqual([]);
});

test.each([
  ['', 'invalid_json', undefined, 'empty'],
  [' \n', 'invalid_json', undefined, 'empty'],
  ['{"site": "x",}', 'invalid_json', undefined, 'position 13'],
  ['{"site"', 'invalid_json', undefined, 'position 7'],
  ['null', 'invalid_body', undefined, 'null'],
  ['[1]', 'invalid_body', undefined, 'a list'],
  ['"x"', 'invalid_body', undefined, 'a string'],
  ['{"events":[]}', 'invalid_body', 'site', 'site is missing'],
  ['{"site":"","events":[]}', 'invalid_body', 'site', 'site is empty'],
  ['{"site":7,"events":[]}', 'invalid_body', 'site', 'site is a number'],
  ['{"site":"x"}', 'invalid_body', 'events', 'events is missing'],
  ['{"site":"x","events":{"0":{}}}', 'invalid_body', 'events', 'events is an object'],
  ['{"site":"x","events":null}', 'invalid_body', 'events', 'events is null'],
  ['{"site":"x","events":[1,2,3,4,5,6]}', 'too_large', 'events', '6 entries; a request has at most 5'],
])('%s is refused as %s, saying where and what', (text, code, where, words) => {
  const failure = expect.objectContaining({ code, where, message: expect.stringContaining(words) });
  expect(() => parseRequestBody(text, 5)).toThrow(failure);
});
