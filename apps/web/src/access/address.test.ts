import { expect, it } from 'vitest';
import { addressAt } from './address.ts';

const ADDRESSES = [
  '/',
  '/sites/[id]',
  '/sites/new',
  '/api/[...path]',
  '/api/auth/[...nextauth]',
  '/api/v1/query',
];

it.each([
  ['/', '/'],
  ['/sites/new', '/sites/new'],
  ['/sites/a', '/sites/[id]'],
  ['/sites/', null],
  ['/sites/a/b', null],
  ['/api/v1/query', '/api/v1/query'],
  ['/api/v1/query/x', '/api/[...path]'],
  ['/api/auth/callback/credentials', '/api/auth/[...nextauth]'],
  ['/api/auth', '/api/[...path]'],
  ['/api', null],
])('%s belongs to %s', (pathname, address) => expect(addressAt(ADDRESSES, pathname)).toBe(address));
