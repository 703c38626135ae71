import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type Answer, fakePool } from './fake-client.fixture.ts';
import { connectPool, transaction } from './pool.ts';

/** Refuses statements that begin with one of the words. */
const refusing =
  (...words: string[]): Answer =>
  (text) => {
    if (words.some((word) => text.startsWith(word))) throw new Error(`${text} was refused`);
    return undefined;
  };

describe('a transaction', () => {
  test('is begun before its work, committed after it, and its connection goes back whole', async () => {
    const { pool, statements, releases } = fakePool();
    const result = await transaction(pool, async (client) => {
      await client.query('WORK');
      return 'done';
    });
    expect(result).toBe('done');
    expect(statements).toEqual(['BEGIN', 'WORK', 'COMMIT']);
    expect(releases).toEqual([undefined]);
  });

  test.each([
    ['cannot be begun', ['BEGIN'], ['BEGIN', 'ROLLBACK'], 'BEGIN was refused', undefined],
    ['fails in its work', ['WORK'], ['BEGIN', 'WORK', 'ROLLBACK'], 'WORK was refused', undefined],
    [
      'cannot be committed',
      ['COMMIT'],
      ['BEGIN', 'WORK', 'COMMIT', 'ROLLBACK'],
      'COMMIT was refused',
      undefined,
    ],
    // The first error is the cause; a connection that cannot roll back is broken.
    [
      'can be neither done nor undone',
      ['WORK', 'ROLLBACK'],
      ['BEGIN', 'WORK', 'ROLLBACK'],
      'WORK was refused',
      true,
    ],
  ])('that %s is undone and says its first error', async (_how, refused, said, message, broken) => {
    const { pool, statements, releases } = fakePool(refusing(...refused));
    await expect(transaction(pool, (client) => client.query('WORK'))).rejects.toThrow(message);
    expect(statements).toEqual(said);
    expect(releases).toEqual([broken]);
  });
});

describe('a pool', () => {
  const URL = 'postgres://nobody@127.0.0.1:1/none';

  test('names its connections, and has five of them unless it is told otherwise', () => {
    expect(connectPool(URL, { name: 'web' }).options).toMatchObject({
      application_name: 'footfall-web',
      max: 5,
    });
    expect(connectPool(URL, { name: 'web', max: 2 }).options.max).toBe(2);
  });

  test('takes a role with each connection that it makes, and only when it is told one', () => {
    const hook = (pool: pg.Pool) => (pool.options as { onConnect?: unknown }).onConnect;
    expect(hook(connectPool(URL, { name: 'web' }))).toBeUndefined();
    expect(hook(connectPool(URL, { name: 'web', role: 'web' }))).toBeTypeOf('function');
  });

  test('hears the errors of connections, which would end the process otherwise', () => {
    const pool = connectPool(URL, { name: 'web' });
    expect(() => pool.emit('error', new Error('gone'), new pg.Client())).not.toThrow();
    const client = new pg.Client();
    expect(() => client.emit('error', new Error('gone'))).toThrow('gone');
    pool.emit('connect', client as unknown as pg.PoolClient);
    expect(() => client.emit('error', new Error('gone'))).not.toThrow();
  });

  test('says that nobody listens', async () => {
    const pool = connectPool(URL, { name: 'web' });
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await pool.end();
  });
});

test.each([
  ['0', 0],
  ['-1', -1],
  ['9007199254740991', 2 ** 53 - 1],
])('bigint %s is read as a number', (text, number) => {
  expect(pg.types.getTypeParser(pg.types.builtins.INT8)(text)).toBe(number);
});
