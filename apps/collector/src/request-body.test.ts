import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { OVERSIZED, parseObject, parseRequestBody } from './request-body.ts';

/** The site and the events of a body. */
async function read(text: string, most = 5) {
  const { site, events } = await parseRequestBody(text, most, 'test');
  return [site, [...events]];
}

test('reads the site and the events, whatever they are', async () => {
  const events = [{ name: 'pageview' }, null, 7, '__proto__', []];
  expect(await read(JSON.stringify({ site: 'ff_x', events, more: 1 }))).toEqual(['ff_x', events]);
});

test('no events are none', async () => {
  expect(await read('{"site":"ff_x","events":[]}')).toEqual(['ff_x', []]);
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
])('%s is refused as %s, saying where and what', async (text, code, where, words) => {
  const failure = expect.objectContaining({ code, where, message: expect.stringContaining(words) });
  await expect(read(text)).rejects.toThrow(failure);
});

/** Behind it a body is a large one. */
const PADDING = ' '.repeat(140_000);

test('the events of a large body are parsed one by one, as they are looked at, and none that is larger than any', async () => {
  const parse = vi.spyOn(JSON, 'parse');
  const nested = '['.repeat(70_000) + ']'.repeat(70_000);
  const long = JSON.stringify({ name: 'a'.repeat(300_000) });
  const text = `{"site":"ff_x","events":[{"n":1},${nested},${long},{"n":2}]}`;
  const { events } = await parseRequestBody(text, 5, 'test');
  expect(parse).toHaveBeenCalledOnce();
  expect([...events]).toEqual([{ n: 1 }, OVERSIZED, OVERSIZED, { n: 2 }]);
  expect(Math.max(...parse.mock.calls.map(([parsed]) => parsed.length))).toBeLessThan(100);
  parse.mockRestore();
});

test('what a large body says beside its events has a bound, and so has one without any', async () => {
  const nested = '[0,'.repeat(70_000) + '0' + ']'.repeat(70_000);
  const failure = expect.objectContaining({ code: 'too_large' });
  await expect(read(`{"site":"ff_x","more":${nested},"events":[]}`)).rejects.toThrow(failure);
  await expect(read(`{"site":"ff_x","events":[],"more":${nested}}`)).rejects.toThrow(failure);
  await expect(parseObject(`{"more":${nested}}`, '{…}', 'test')).rejects.toThrow(failure);
});

test('an event counts for limits by what it is long', async () => {
  const [short, long] = [{ name: 'a' }, { name: 'a'.repeat(10_000) }];
  const weight = async (events: object[]) =>
    (await parseRequestBody(JSON.stringify({ site: 'ff_x', events }), 100, 'test')).events.weight;
  expect(await weight([short, short])).toBe(2);
  expect(await weight([long])).toBe(5);
  expect(await weight([short, long, long])).toBe(10);
  expect(await weight([short, ...Array(20).fill(long)])).toBe(101);
});

test('a large body is read as JSON.parse reads it, wherever its events stand', async () => {
  const value = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
  const name = fc.constantFrom('a', 'events', 'e\u0076ents', '\\', '"', '"events":[');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(name, value)),
      fc.array(value, { maxLength: 5 }),
      fc.constantFrom('', ' ', '\n\t'),
      async (others, events, space) => {
        const members = [
          ...others.filter(([key]) => key !== 'events'),
          ['events', events] as const,
          ['site', 'x'] as const,
        ];
        const written = members.map(
          ([key, said]) => `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(said)}${space}`,
        );
        const text = `${PADDING}{${written.join(',')}}`;
        const plain = JSON.parse(text) as { site: string; events: unknown[] };
        expect(await read(text)).toEqual([plain.site, plain.events]);
      },
    ),
  );
});

test('what is not JSON is refused however large it is, when its events are looked at at the latest', async () => {
  const whole = '{"site":"x","a":[1,{"b":"]"}],"events":[{"n":[1,2]},{"m":"\\"}"}]}';
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.constantFrom('', '}', ']', '"', ',', '{', '\\', '0'),
      async (at, put) => {
        const text = PADDING + whole.slice(0, at) + put + whole.slice(at + 1);
        const expected = (() => {
          try {
            return JSON.parse(text) as { site?: unknown; events?: unknown };
          } catch {
            return null;
          }
        })();
        const result = await read(text).catch(() => null);
        if (expected === null) expect(result).toBeNull();
        else if (typeof expected.site === 'string' && expected.site !== '' && Array.isArray(expected.events))
          expect(result).toEqual([expected.site, expected.events]);
      },
    ),
    { numRuns: 1_000 },
  );
});
