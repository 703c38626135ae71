import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Tracker } from '../extension.ts';
import { type FakePage, openFakePage } from '../fake-page.fixture.ts';
import { team } from './team.ts';

const tracker: Tracker = { track: vi.fn(), send: vi.fn() };
let confirm: ReturnType<typeof vi.fn>;

/** Opens a page of the shop, on which whoever is asked answers this. */
function open(href: string, answer: boolean): FakePage {
  const page = openFakePage(href);
  const { hash, pathname, search } = new URL(href);
  Object.assign(page.location, { hash, pathname, search });
  vi.stubGlobal('localStorage', {
    ...stored,
    set footfall_ignore(value: string) {
      stored.footfall_ignore = value;
    },
    removeItem: (key: string) => delete stored[key],
  });
  confirm = vi.fn(() => answer);
  vi.stubGlobal('confirm', confirm);
  return page;
}

let stored: Record<string, string> = {};
beforeEach(() => {
  stored = {};
});
afterEach(() => vi.unstubAllGlobals());

test('the link leaves this browser out when somebody says yes, and is gone from the address', () => {
  const page = open('https://shop.example/p/1?a=b#footfall_ignore', true);
  team()(tracker);
  expect(stored).toEqual({ footfall_ignore: 'true' });
  expect(page.location.href).toBe('https://shop.example/p/1?a=b');
  expect(confirm.mock.calls).toEqual([['Diesen Browser hier nicht mehr zählen?']]);
});

test('whoever says no is counted, also where they had said yes before', () => {
  stored = { footfall_ignore: 'true' };
  open('https://shop.example/#footfall_ignore', false);
  team()(tracker);
  expect(stored).toEqual({});
});

test.each(['', '#', '#footfall_ignored', '?footfall_ignore'])('%j asks nobody', (end) => {
  open(`https://shop.example/${end}`, true);
  team()(tracker);
  expect(confirm).not.toHaveBeenCalled();
  expect(stored).toEqual({});
});

test('a page that may store nothing goes on', () => {
  open('https://shop.example/#footfall_ignore', true);
  vi.stubGlobal('confirm', () => {
    throw new Error('denied');
  });
  expect(() => team()(tracker)).not.toThrow();
});
