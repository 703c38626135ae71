import { failures } from '@footfall/core/failure';
import { expect, test } from 'vitest';
import { describeProblem } from './problem.ts';

const failure = failures({ away: { status: 503, retriable: true, remedy: 'start it' } });
const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
  code: 'ECONNREFUSED',
  address: '127.0.0.1',
  port: 1,
});
const REFUSED = '127.0.0.1:1 refuses connections (ECONNREFUSED)';

test.each([
  ['a message', new Error('it is broken'), 'it is broken'],
  ['a message of several lines on one', new Error('it is\n  broken'), 'it is broken'],
  ['a code where there is no message', Object.assign(new Error(''), { code: 'EWEIRD' }), 'EWEIRD'],
  ['a name where there is neither', new TypeError(), 'TypeError'],
  ['something thrown that is not an error', 'oops', 'oops'],
  ['nothing', undefined, ''],
  ['what a client says of an engine, in our words', refused, REFUSED],
  ['the causes', new Error('no log', { cause: refused }), `no log: ${REFUSED}`],
  [
    'a cause that is told already once',
    new Error(`no log: ${REFUSED}`, { cause: refused }),
    `no log: ${REFUSED}`,
  ],
  ['the remedy last', failure('away', 'no log', { cause: refused }), `no log: ${REFUSED}; start it`],
  [
    'the errors of all addresses of a host, each once',
    new AggregateError([refused, refused, new Error('x')]),
    `${REFUSED}, x`,
  ],
])('%s', (_, error, line) => {
  expect(describeProblem(error)).toBe(line);
});

test('an error that is its own cause ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(describeProblem(error)).toBe('round');
});
