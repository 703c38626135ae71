import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { FirstVisit } from './first-visit.tsx';

const pulse = (started: boolean) => ({ visitorsNow: 0, dataThrough: 0, pending: 0, version: '', started });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it.each([
  ['en', 'Waiting for your first visit…', 'It works: the first visit has arrived.', 'Open the overview'],
  [
    'de',
    'Wir warten auf Ihren ersten Besuch …',
    'Es funktioniert: Der erste Besuch ist da.',
    'Zur Übersicht',
  ],
] as const)(
  'in %s it waits, and turns by itself when the visit is there',
  async (locale, waiting, arrived, link) => {
    const answers = [pulse(false), pulse(true)];
    vi.stubGlobal('fetch', async () => Response.json(answers.shift()));
    renderScreen(<FirstVisit siteId="site_a" start={pulse(false)} />, { locale });
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.getByText(waiting)).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    // Heard by a screen reader without being looked for.
    expect(screen.getByText(arrived).parentElement?.getAttribute('aria-live')).toBe('polite');
    expect(screen.getByRole('link', { name: link }).getAttribute('href')).toBe('/sites/site_a');
  },
);

it('asks at once when somebody looks again, and not while nobody does', async () => {
  const asked = vi.fn(async () => Response.json(pulse(false)));
  vi.stubGlobal('fetch', asked);
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { unmount } = renderScreen(<FirstVisit siteId="site_a" start={pulse(false)} />);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(asked).not.toHaveBeenCalled();
  visibility.mockReturnValue('visible');
  await act(async () => document.dispatchEvent(new Event('visibilitychange')));
  expect(asked).toHaveBeenCalledTimes(1);
  unmount();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveBeenCalledTimes(1);
});
