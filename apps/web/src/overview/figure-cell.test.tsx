import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Figure } from '#reports/figure.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { FigureCell } from './figure-cell.tsx';

type Shown = Partial<Figure> & {
  values?: readonly (number | null)[];
  previousDays?: string | null;
  chosen?: boolean;
  locale?: Locale;
};

function show({ values = [1, 2, 3], previousDays = null, chosen = false, locale = 'en', ...figure }: Shown) {
  const onChoose = vi.fn();
  const rendered = renderScreen(
    <FigureCell
      figure={{ name: 'visitors', value: 12_314, previous: null, change: null, ...figure }}
      values={values}
      previousDays={previousDays}
      chosen={chosen}
      onChoose={onChoose}
    />,
    { locale },
  );
  return { ...rendered, onChoose, button: screen.getByRole('button') };
}

const plain = (text: string | null) => (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a key figure as it is heard', () => {
  it.each<[Shown, string]>([
    [{}, 'Visitors 12,314'],
    [{ change: 12, previous: 11_000 }, 'Visitors 12,314, up 12%'],
    [{ change: -5, previous: 13_000 }, 'Visitors 12,314, down 5%'],
    [{ change: 0, previous: 12_314 }, 'Visitors 12,314, unchanged'],
    [{ name: 'visit_duration', value: 125 }, 'Visit duration 2 minutes 5 seconds'],
    [{ name: 'bounce_rate', value: 48 }, 'Bounce rate 48%'],
    [{ name: 'bounce_rate', value: null }, 'Bounce rate no data'],
    [{ name: 'views_per_visit', value: 1.5 }, 'Views per visit 1.50'],
  ])('of %j is %s', (figure, name) => {
    show(figure);
    expect(screen.getByRole('button', { name })).toBeTruthy();
  });

  it('says in German what it says in English', () => {
    const { button } = show({ name: 'visit_duration', value: 61, locale: 'de' });
    expect(button.textContent).toContain('1 Minute 1 Sekunde');
  });
});

describe('a key figure as it is seen', () => {
  it.each<{ figure: Shown; tone: string; why: string }>([
    { figure: { change: 12 }, tone: 'text-better', why: 'more visitors are good news' },
    { figure: { change: -12 }, tone: 'text-worse', why: 'fewer are not' },
    {
      figure: { name: 'bounce_rate', value: 48, change: 3 },
      tone: 'text-worse',
      why: 'more that bounce are not',
    },
    {
      figure: { name: 'bounce_rate', value: 48, change: -3 },
      tone: 'text-better',
      why: 'fewer that bounce are',
    },
    { figure: { change: 0 }, tone: 'text-quiet', why: 'what did not change is neither' },
  ])('has a change in $tone: $why', ({ figure, tone }) => {
    const { button } = show(figure);
    expect(button.querySelector('[aria-hidden="true"] > span')?.className).toContain(tone);
  });

  it('writes a change without a sign: the arrow has it', () => {
    const { button } = show({ change: -12 });
    const change = button.querySelector('[aria-hidden="true"] > span');
    expect(change?.textContent).toBe('12%');
    expect(change?.querySelector('svg')).not.toBeNull();
  });

  it('has no change without a comparison', () => {
    const { button } = show({});
    expect(button.querySelector('[aria-hidden="true"]')?.textContent).toBe('');
  });

  it('is short, and exact for a pointer that rests on it', () => {
    const { button } = show({ locale: 'de' });
    expect(plain(button.textContent)).toContain('12,3 Tsd.');
    expect(plain(button.title)).toBe('12.314');
  });

  it('is a dash where there was nothing to divide by', () => {
    const { button } = show({ name: 'bounce_rate', value: null });
    expect(button.textContent).toContain('–');
    expect(button.dataset.value).toBe('');
  });

  it('says to a pointer what it was before, and when', () => {
    const { button } = show({ previous: 900, previousDays: '2–4 Jan 2026' });
    expect(button.title).toBe('12,314\n900 in 2–4 Jan 2026');
  });
});

describe('the course of a key figure', () => {
  const paths = (button: HTMLElement) =>
    [...button.querySelectorAll('path[vector-effect]')].map((path) => path.getAttribute('d'));

  it.each<{ why: string; values: readonly (number | null)[]; lines: number }>([
    { why: 'one line', values: [1, 2, 3], lines: 1 },
    { why: 'interrupted where there was nothing to divide by', values: [1, null, 3], lines: 2 },
    { why: 'none of nothing', values: [null, null], lines: 0 },
    { why: 'none of no time at all', values: [], lines: 0 },
  ])('is $why', ({ values, lines }) => {
    expect(paths(show({ values }).button)).toHaveLength(lines);
  });

  it('lies on the ground where all is zero', () => {
    expect(paths(show({ values: [0, 0] }).button)).toEqual(['M0 28L100 28']);
  });
});

describe('choosing a key figure', () => {
  it('is done by a click or a key', async () => {
    const { user, onChoose, button } = show({});
    await user.click(button);
    await user.keyboard(' ');
    expect(onChoose).toHaveBeenCalledTimes(2);
  });

  it.each([true, false])('is told to those who do not see it: %s', (chosen) => {
    expect(show({ chosen }).button.getAttribute('aria-pressed')).toBe(String(chosen));
  });
});
