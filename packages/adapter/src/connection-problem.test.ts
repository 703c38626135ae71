import { expect, test } from 'vitest';
import { connectionProblem, isAway } from './connection-problem.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
  code: 'ECONNREFUSED',
  address: '127.0.0.1',
  port: 5432,
});
const coded = (code: string, more: object = {}) =>
  Object.assign(new Error('the driver’s words'), { code, ...more });

test.each([
  [refused, '127.0.0.1:5432 refuses connections (ECONNREFUSED)', true],
  [coded('ENOTFOUND', { hostname: 'db.internal' }), 'there is no host db.internal (ENOTFOUND)', true],
  [coded('ETIMEDOUT'), 'it does not answer (ETIMEDOUT)', true],
  [coded('57P03'), 'Postgres is starting or stopping (57P03)', true],
  [coded('28P01'), 'Postgres refuses the password (28P01)', false],
  [coded('3D000'), 'there is no such database (3D000)', false],
  [
    coded('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'its certificate is not trusted (it has signed itself); name the file of its CA with sslrootcert=FILE (DEPTH_ZERO_SELF_SIGNED_CERT)',
    false,
  ],
  [new Error('timeout exceeded when trying to connect'), 'it does not answer in time', true],
  [new AggregateError([refused, refused]), '127.0.0.1:5432 refuses connections (ECONNREFUSED)', true],
])('%s is said in our words', (error, words, away) => {
  expect(connectionProblem(error)).toBe(words);
  expect(isAway(error)).toBe(away);
});

test.each([[new Error('x')], [coded('42P01')], ['text'], [undefined]])('%s is of another kind', (error) => {
  expect(connectionProblem(error)).toBeUndefined();
  expect(isAway(error)).toBe(false);
});

test('an engine is away when a cause says so, however deep', () => {
  expect(isAway(new Error('cannot be used', { cause: new Error('no log', { cause: refused }) }))).toBe(true);
  const round = new Error('round');
  round.cause = round;
  expect(isAway(round)).toBe(false);
});
