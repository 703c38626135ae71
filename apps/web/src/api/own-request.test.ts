import { describe, expect, it } from 'vitest';
import { isOwnRequest } from './own-request.ts';

const OWN = 'https://portal.example';
const FOREIGN = 'https://evil.example';

function isOwn(method: string, headers: Record<string, string>): boolean {
  return isOwnRequest({ method, headers: new Headers({ host: 'portal.example', ...headers }) } as Request);
}

describe('a request with a session', () => {
  it.each([
    { why: 'a page of ours asks', headers: { 'sec-fetch-site': 'same-origin' }, own: true },
    { why: 'somebody typed the address', headers: { 'sec-fetch-site': 'none' }, own: true },
    { why: 'a page of another site asks', headers: { 'sec-fetch-site': 'cross-site' }, own: false },
    { why: 'a page of a neighbouring host asks', headers: { 'sec-fetch-site': 'same-site' }, own: false },
    { why: 'our origin is named', headers: { origin: OWN }, own: true },
    { why: 'another origin is named', headers: { origin: FOREIGN }, own: false },
    { why: 'the origin is hidden', headers: { origin: 'null' }, own: false },
    // Browsers before 2021, and programs.
    { why: 'nothing is said', headers: {}, own: true },
    { why: 'an old browser comes from our page', headers: { referer: `${OWN}/sites` }, own: true },
    { why: 'an old browser comes from another', headers: { referer: `${FOREIGN}/` }, own: false },
    { why: 'the page it comes from is nonsense', headers: { referer: 'x' }, own: false },
  ])('that reads where $why: $own', ({ headers, own }) => {
    expect(isOwn('GET', headers as Record<string, string>)).toBe(own);
  });

  it.each([
    { headers: { 'sec-fetch-site': 'same-origin' }, own: true },
    { headers: { 'sec-fetch-site': 'none' }, own: false },
    { headers: { 'sec-fetch-site': 'cross-site' }, own: false },
    { headers: { origin: OWN }, own: true },
    { headers: { origin: FOREIGN }, own: false },
    { headers: {}, own: false },
    { headers: { referer: `${OWN}/sites` }, own: false },
  ])('that posts with $headers: $own', ({ headers, own }) => {
    expect(isOwn('POST', headers as Record<string, string>)).toBe(own);
  });
});
