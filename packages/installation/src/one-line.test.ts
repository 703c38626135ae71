import { failures } from '@footfall/core/failure';
import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

const failure = failures({ broken: { status: 500, retriable: false, remedy: 'mend it' } });

test.each([
  ['an error', new Error('connect ECONNREFUSED 127.0.0.1:1'), 'connect ECONNREFUSED 127.0.0.1:1'],
  ['several lines', new Error('first\n  second\n'), 'first second'],
  ['a remedy', failure('broken', 'it is broken'), 'it is broken; mend it'],
  ['a password', new Error('no postgres://u:hunter2@h/d'), 'no postgres://***@h/d'],
  ['all addresses refused', new AggregateError([new Error('refused ::1')], ''), 'refused ::1'],
  ['no message but a code', Object.assign(new Error(''), { code: 'EWEIRD' }), 'EWEIRD'],
  [
    'what a client says of an engine',
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '::1', port: 5432 }),
    '::1:5432 refuses connections (ECONNREFUSED)',
  ],
  ['nothing at all', new TypeError(''), 'TypeError'],
  ['not an error', 'gone', 'gone'],
])('%s is one line', (_, error, line) => {
  expect(oneLine(error)).toBe(line);
});
