import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pulse } from '#reports/pulse.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { PulseArea, PulseHearing, useHeardPulse } from './pulse-context.tsx';
import { VisitorsNow } from './visitors-now.tsx';

const BEAT_MS = 4_000;
const pulse = (visitorsNow: number, version = 'v1'): Pulse => ({
  visitorsNow,
  dataThrough: 0,
  pending: 0,
  version,
  started: true,
});

let answers: (() => Response | Promise<Response>)[] = [];

beforeEach(() => {
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => (answers.shift() ?? (() => new Response(null, { status: 503 })))());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const beat = () => act(() => vi.advanceTimersByTimeAsync(BEAT_MS));

function Heard() {
  return <output>{useHeardPulse().visitorsNow}</output>;
}

/** A page with its bar, as the portal's layout has them: the bar is not within the page. */
const page = (start: Pulse, siteId = 'site_a', barSiteId = siteId) => (
  <PulseHearing>
    <VisitorsNow siteId={barSiteId} start={start} />
    <PulseArea siteId={siteId} start={start}>
      <Heard />
    </PulseArea>
  </PulseHearing>
);

const inBar = (container: HTMLElement) =>
  container.querySelector('[data-visitors-now]')?.getAttribute('data-visitors-now');
const onPage = () => screen.getByRole('status').textContent;

describe('the pulse of a page that is left open', () => {
  it('is heard on the page and in the bar', async () => {
    answers = [() => Response.json(pulse(7))];
    const { container } = renderScreen(page(pulse(3)));
    expect([onPage(), inBar(container)]).toEqual(['3', '3']);
    await beat();
    expect([onPage(), inBar(container)]).toEqual(['7', '7']);
  });

  it('is not shown in the bar of another site', async () => {
    answers = [() => Response.json(pulse(7))];
    const { container } = renderScreen(page(pulse(3), 'site_a', 'site_b'));
    await beat();
    expect([onPage(), inBar(container)]).toEqual(['7', '3']);
  });

  it.each([
    ['the server answers with an error', () => new Response(null, { status: 500 })],
    ['the network is away', () => Promise.reject(new TypeError('offline'))],
    ['the answer is not JSON', () => new Response('<html>')],
  ])('stays what it was while %s, and goes on after it', async (_, fails) => {
    answers = [fails, () => Response.json(pulse(9))];
    renderScreen(page(pulse(3)));
    await beat();
    expect(onPage()).toBe('3');
    await beat();
    expect(onPage()).toBe('9');
  });

  it('cannot be asked for outside', () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderScreen(<Heard />)).toThrow('PulseArea');
    silent.mockRestore();
  });
});

describe('the numbers of a page that is left open', () => {
  it.each([
    { why: 'are asked for when they have changed', version: 'v2', refreshes: 1 },
    { why: 'are left alone while they have not, whoever comes and goes', version: 'v1', refreshes: 0 },
  ])('$why', async ({ version, refreshes }) => {
    answers = [() => Response.json(pulse(8, version))];
    const { router } = renderScreen(page(pulse(3)));
    await beat();
    expect(router.refresh).toHaveBeenCalledTimes(refreshes);
  });

  it('are asked for once a change, however often the pulse says so', async () => {
    answers = [1, 2, 3].map((visitors) => () => Response.json(pulse(visitors, 'v2')));
    const { router } = renderScreen(page(pulse(0)));
    await beat();
    await beat();
    await beat();
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });

  it('are not asked for again once the page shows them', async () => {
    answers = [() => Response.json(pulse(5, 'v2'))];
    const { router, rerender } = renderScreen(page(pulse(3, 'v1')));
    rerender(page(pulse(5, 'v2')));
    await beat();
    expect(router.refresh).not.toHaveBeenCalled();
  });
});

describe('how many are there now', () => {
  it.each([
    ['en', 0, '0 visitors now'],
    ['en', 1, '1 visitor now'],
    ['en', 1_234, '1,234 visitors now'],
    ['de', 0, '0 Besucher jetzt'],
    ['de', 1, '1 Besucher jetzt'],
    ['de', 1_234, '1.234 Besucher jetzt'],
  ] as const)('is said in %s of %d', (locale, visitors, text) => {
    const { container } = renderScreen(<VisitorsNow siteId="site_a" start={pulse(visitors)} />, { locale });
    expect(container.textContent).toBe(text);
  });

  it.each([
    [0, false],
    [1, true],
  ])('has for %d a dot that moves: %s', (visitors, moves) => {
    const { container } = renderScreen(<VisitorsNow siteId="site_a" start={pulse(visitors)} />);
    const dot = container.querySelector('[aria-hidden]');
    expect(dot?.classList.contains('live-dot')).toBe(moves);
  });

  it('explains itself to a pointer', () => {
    renderScreen(<VisitorsNow siteId="site_a" start={pulse(1)} />);
    expect(screen.getByTitle('With a page view or another event in the last five minutes')).toBeTruthy();
  });
});
