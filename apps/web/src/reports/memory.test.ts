import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemory } from './memory.ts';

const makeBody = (text: string) => ({ results: [{ dimensions: [text], metrics: [1] }], meta: {} });
const made = (text: string, keep = true) => ({ body: makeBody(text), keep });

describe('the memory of answers', () => {
  it('makes an answer once for all that ask while it is made, and gives it again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
        fc.boolean(),
        async (keys, atOnce) => {
          const remember = createMemory().rememberFor('a');
          const makings: string[] = [];
          const ask = (key: string) =>
            remember(key, async () => {
              makings.push(key);
              await Promise.resolve();
              return made(key);
            });
          const answers = [];
          for (const key of keys) answers.push(atOnce ? ask(key) : await ask(key));
          expect(await Promise.all(answers)).toEqual(keys.map(makeBody));
          expect(makings.sort()).toEqual([...new Set(keys)].sort());
        },
      ),
    );
  });

  it('gives what must not be kept to those that asked at the time only', async () => {
    const remember = createMemory().rememberFor('a');
    const passing = await Promise.all([
      remember('a', async () => made('first', false)),
      remember('a', async () => made('never')),
    ]);
    expect(passing).toEqual([makeBody('first'), makeBody('first')]);
    expect(await remember('a', async () => made('second'))).toEqual(makeBody('second'));
  });

  it('tells all that asked of a failure, and forgets it', async () => {
    const remember = createMemory().rememberFor('a');
    const lost = () => Promise.reject(new Error('the store is away'));
    const asked = await Promise.allSettled([remember('a', lost), remember('a', async () => made('never'))]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await remember('a', async () => made('again'))).toEqual(makeBody('again'));
  });

  it('forgets what was used longest ago when there is no room, and never keeps what has no room at all', async () => {
    const one = JSON.stringify(makeBody('a')).length * 4;
    const remember = createMemory({ maxBytes: 2 * one }).rememberFor('a');
    const makings: string[] = [];
    const ask = (key: string, text = key) =>
      remember(key, async () => {
        makings.push(key);
        return made(text);
      });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key);
    expect(makings).toEqual(['a', 'b', 'c', 'b']);
    for (let time = 0; time < 2; time += 1) await ask('large', 'x'.repeat(2 * one));
    expect(makings.slice(4)).toEqual(['large', 'large']);
  });

  /** Asks as tenants, and tells whose answers had to be made. */
  function tenants(options: Parameters<typeof createMemory>[0]) {
    const memory = createMemory(options);
    return async (tenant: string, keys: readonly string[]) => {
      let makings = 0;
      for (const key of keys)
        await memory.rememberFor(tenant)(key, async () => {
          makings += 1;
          return made(key);
        });
      return makings;
    };
  }
  const keys = (count: number) =>
    Array.from({ length: count }, (_, n) => String(n % 10) + String(n).padStart(4, '0'));
  const each = JSON.stringify(makeBody('00000')).length * 4;

  it('gives a tenant no more than its share', async () => {
    const ask = tenants({ maxBytes: 100 * each, tenantBytes: 10 * each });
    expect(await ask('many', keys(50))).toBe(50);
    expect(await ask('many', keys(50).slice(-10))).toBe(0);
    expect(await ask('many', keys(50).slice(0, 40))).toBe(40);
  });

  it('keeps what a tenant has few of, however much others ask for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('b', 'c', 'd', 'e'), fc.nat(60))), async (asked) => {
        const ask = tenants({ maxBytes: 40 * each, tenantBytes: 30 * each });
        await ask('few', keys(8));
        for (const [tenant, count] of asked) await ask(tenant, keys(count));
        expect(await ask('few', keys(8))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('takes from whoever has most where all have too much', async () => {
    const ask = tenants({ maxBytes: 40 * each, tenantBytes: 30 * each });
    await ask('most', keys(30));
    await ask('less', keys(20));
    expect(await ask('less', keys(20))).toBe(0);
    expect(await ask('most', keys(30).slice(-20))).toBe(0);
    expect(await ask('most', keys(30).slice(0, 10))).toBe(10);
  });

  it('shares nothing between tenants, whatever they ask', async () => {
    const ask = tenants({});
    expect([await ask('a', ['same']), await ask('b', ['same']), await ask('a', ['same'])]).toEqual([1, 1, 0]);
  });

  it('forgets after its time', async () => {
    const remember = createMemory({ ttlMs: 20 }).rememberFor('a');
    await remember('a', async () => made('old'));
    await sleep(40);
    expect(await remember('a', async () => made('new'))).toEqual(makeBody('new'));
  });
});
