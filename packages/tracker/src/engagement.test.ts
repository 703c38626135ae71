import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngagement, type Engagement } from './engagement.ts';
import { type FakePage, openFakePage } from './fake-page.fixture.ts';

let page: FakePage;
let engagement: Engagement;

beforeEach(() => {
  vi.useFakeTimers();
  // The clock of a page has run for some time before any script runs.
  vi.advanceTimersByTime(100);
  page = openFakePage('https://shop.example/');
  engagement = createEngagement();
  engagement.update();
  engagement.begin();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Stops the clock as hiding the page does, and gives the report. */
function leave() {
  engagement.update(false);
  return engagement.take();
}

describe('time', () => {
  test('counts only with the focus', () => {
    vi.advanceTimersByTime(3_000);
    page.document.focused = false;
    engagement.update();
    vi.advanceTimersByTime(60_000);
    page.document.focused = true;
    engagement.update();
    vi.advanceTimersByTime(2_000);
    expect(leave()).toEqual({ scroll: 50, engaged_ms: 5_000 });
  });

  test('a page opened behind others has none until it is looked at', () => {
    page.document.focused = false;
    engagement.update();
    engagement.begin();
    vi.advanceTimersByTime(60_000);
    expect(leave()).toEqual({ scroll: 50, engaged_ms: 0 });
  });

  test('is told once: the next report has what came since', () => {
    vi.advanceTimersByTime(1_000);
    leave();
    vi.advanceTimersByTime(9_000);
    engagement.update();
    vi.advanceTimersByTime(500);
    expect(leave()).toEqual({ scroll: 50, engaged_ms: 500 });
    expect(leave()).toBeUndefined();
  });

  test('counts from a clock that still says 0', () => {
    vi.useFakeTimers();
    engagement = createEngagement();
    engagement.update();
    vi.advanceTimersByTime(1_000);
    expect(leave()?.engaged_ms).toBe(999);
  });

  test('goes on for a minute after the last sign of life, and again with the next', () => {
    vi.advanceTimersByTime(50_000);
    engagement.update();
    vi.advanceTimersByTime(600_000);
    engagement.update();
    vi.advanceTimersByTime(5_000);
    expect(leave()?.engaged_ms).toBe(50_000 + 60_000 + 5_000);
  });
});

describe('depth', () => {
  test('is the lowest point seen, and never shrinks', () => {
    vi.stubGlobal('scrollY', 480);
    engagement.scrolled();
    vi.stubGlobal('scrollY', 0);
    engagement.scrolled();
    expect(leave()?.scroll).toBe(80);
    page.document.height = 16_000;
    vi.advanceTimersByTime(1);
    engagement.update();
    vi.advanceTimersByTime(1);
    expect(leave()?.scroll).toBe(80);
  });

  test('is measured by the height at the end: a page that has grown was not seen whole at its start', () => {
    page.document.height = 800;
    engagement.begin();
    page.document.height = 3_200;
    expect(leave()?.scroll).toBe(25);
  });

  test('stays within 100 where the page bounces beyond its end', () => {
    vi.stubGlobal('scrollY', 900);
    engagement.scrolled();
    expect(leave()?.scroll).toBe(100);
  });

  test('alone is worth a report when it is new, but not twice', () => {
    leave();
    vi.stubGlobal('scrollY', 400);
    engagement.scrolled();
    expect(leave()).toEqual({ scroll: 75, engaged_ms: 0 });
    expect(leave()).toBeUndefined();
  });

  test('begins anew with the next page, wherever the last one was scrolled to', () => {
    vi.stubGlobal('scrollY', 800);
    engagement.scrolled();
    engagement.begin();
    expect(leave()?.scroll).toBe(50);
  });
});
