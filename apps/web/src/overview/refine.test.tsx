import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Refinement } from '#reports/address.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { RefineArea, RefineLink, useRefine } from './refine.tsx';

const GERMANY: Refinement = { toggle: { name: 'country', value: 'DE' } };

function RefineButton({ to }: { to: Refinement }) {
  const refine = useRefine();
  return (
    <button type="button" onClick={() => refine(to)}>
      Refine
    </button>
  );
}

describe('a link to the same page with a change', () => {
  it.each<{ why: string; query: string; to: Refinement; href: string }>([
    {
      why: 'adds to what there is',
      query: '?period=7d',
      to: GERMANY,
      href: '/sites/site_a?period=7d&country=DE',
    },
    { why: 'takes away what it names', query: '?country=DE', to: GERMANY, href: '/sites/site_a' },
    {
      why: 'keeps other values of the same list',
      query: '?country=AT&country=DE',
      to: GERMANY,
      href: '/sites/site_a?country=AT',
    },
    {
      why: 'sets a parameter in place of another value',
      query: '?period=7d',
      to: { set: { period: 'day' } },
      href: '/sites/site_a?period=day',
    },
    {
      why: 'writes what an address cannot hold as it is',
      query: '',
      to: { toggle: { name: 'page', value: '/grüße?a&b' } },
      href: '/sites/site_a?page=%2Fgr%C3%BC%C3%9Fe%3Fa%26b',
    },
  ])('$why', ({ query, to, href }) => {
    renderScreen(<RefineLink to={to}>Change</RefineLink>, { query });
    expect(screen.getByRole('link').getAttribute('href')).toBe(href);
  });

  it('is followed without leaving the page, by the keyboard too', async () => {
    const { user, router } = renderScreen(
      <RefineArea>
        <RefineLink to={GERMANY}>Change</RefineLink>
      </RefineArea>,
      { query: '?period=7d' },
    );
    await user.tab();
    await user.keyboard('{Enter}');
    expect(router.push.mock.calls).toEqual([['/sites/site_a?period=7d&country=DE', { scroll: false }]]);
  });

  it('starts from the address as it is now, not as it was when the page was made', async () => {
    const { user, router } = renderScreen(
      <RefineArea>
        <RefineLink to={GERMANY}>Change</RefineLink>
      </RefineArea>,
      { query: '?period=7d' },
    );
    // What another key press has changed meanwhile.
    window.history.replaceState(null, '', '/sites/site_a?period=day');
    await user.click(screen.getByRole('link'));
    expect(router.push.mock.lastCall?.[0]).toBe('/sites/site_a?period=day&country=DE');
  });
});

describe('what changes the page', () => {
  it('asks the router of its area', async () => {
    const { user, router } = renderScreen(
      <RefineArea>
        <RefineButton to={{ set: { metric: 'visits' } }} />
      </RefineArea>,
    );
    await user.click(screen.getByRole('button'));
    expect(router.push).toHaveBeenCalledWith('/sites/site_a?metric=visits', { scroll: false });
  });

  it('does nothing where there is no area', async () => {
    const { user, router } = renderScreen(<RefineButton to={GERMANY} />);
    await user.click(screen.getByRole('button'));
    expect(router.push).not.toHaveBeenCalled();
  });

  it('dims nothing while nothing is on its way', () => {
    const { container } = renderScreen(<RefineArea>Numbers</RefineArea>);
    expect(container.querySelector('[data-pending]')).toBeNull();
  });
});
