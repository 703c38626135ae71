import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from './menu.tsx';
import { renderScreen } from './screen.fixture.tsx';

const onSelect = vi.fn();

const menu = (
  <Menu trigger={<button type="button">More</button>}>
    <MenuLabel>kiln.example</MenuLabel>
    <MenuLink href="/sites/site_a" aria-current="page">
      Kiln
    </MenuLink>
    <MenuLink href="/sites/site_b">Glaze</MenuLink>
    <MenuSeparator />
    <MenuItem disabled>Wait</MenuItem>
    <MenuItem onSelect={onSelect}>Sign out</MenuItem>
  </Menu>
);

const trigger = () => screen.getByRole('button', { name: 'More', hidden: true });
const focused = () => document.activeElement?.textContent;

describe('a menu by the keyboard', () => {
  it.each(['{Enter}', ' ', '{ArrowDown}'])('opens on %j, at its first entry', async (key) => {
    const { user } = renderScreen(menu);
    expect(trigger().getAttribute('aria-expanded')).toBe('false');
    await user.tab();
    await user.keyboard(key);
    expect(trigger().getAttribute('aria-expanded')).toBe('true');
    expect(focused()).toBe('Kiln');
  });

  it.each([
    { keys: '{ArrowDown}', at: 'Glaze', why: 'to the next' },
    // What cannot be chosen is passed over.
    { keys: '{ArrowDown}{ArrowDown}', at: 'Sign out', why: 'over what cannot be chosen' },
    { keys: '{End}', at: 'Sign out', why: 'to the last' },
    { keys: '{End}{Home}', at: 'Kiln', why: 'back to the first' },
    { keys: '{ArrowDown}{ArrowUp}', at: 'Kiln', why: 'and back' },
    { keys: 's', at: 'Sign out', why: 'by the first letter' },
  ])('is walked $why', async ({ keys, at }) => {
    const { user } = renderScreen(menu);
    await user.tab();
    await user.keyboard('{Enter}');
    await user.keyboard(keys);
    expect(focused()).toBe(at);
  });

  it('gives the focus back when it is left', async () => {
    const { user } = renderScreen(menu);
    await user.tab();
    await user.keyboard('{Enter}{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(trigger());
  });

  it('runs what is chosen, once', async () => {
    onSelect.mockClear();
    const { user } = renderScreen(menu);
    await user.tab();
    await user.keyboard('{Enter}{End}{Enter}');
    expect(onSelect).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('what a menu holds', () => {
  it('is told to those who do not see it', async () => {
    const { user } = renderScreen(menu);
    await user.click(trigger());
    expect(screen.getByRole('menu', { name: 'More' })).toBeTruthy();
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      'Kiln',
      'Glaze',
      'Wait',
      'Sign out',
    ]);
    expect(screen.getByRole('menuitem', { current: 'page' }).textContent).toBe('Kiln');
    expect(screen.getByRole('menuitem', { name: 'Wait' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('links to places, so that they can be opened beside this page', async () => {
    const { user } = renderScreen(menu);
    await user.click(trigger());
    const link = screen.getByRole('menuitem', { name: 'Glaze' });
    expect([link.tagName, link.getAttribute('href')]).toEqual(['A', '/sites/site_b']);
  });

  it('is not there before it is opened', () => {
    renderScreen(menu);
    expect(screen.queryByRole('menuitem')).toBeNull();
  });
});

describe('a menu that is open', () => {
  it('closes when somebody presses elsewhere, and the focus stays there', async () => {
    const { user } = renderScreen(
      <>
        {menu}
        <input aria-label="Elsewhere" />
      </>,
    );
    await user.click(trigger());
    await user.click(screen.getByRole('textbox'));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('is left by Tab, which goes on from its button', async () => {
    const { user } = renderScreen(
      <>
        {menu}
        <input aria-label="Next" />
      </>,
    );
    await user.tab();
    await user.keyboard('{Enter}{ArrowDown}');
    await user.tab();
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('closes by its button', async () => {
    const { user } = renderScreen(menu);
    await user.click(trigger());
    await user.click(trigger());
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('takes the whole word that is typed, and nothing that belongs to the browser', async () => {
    const { user } = renderScreen(menu);
    await user.click(trigger());
    await user.keyboard('gl');
    expect(focused()).toBe('Glaze');
    await user.keyboard('{Control>}s{/Control}');
    expect(focused()).toBe('Glaze');
  });

  it('does nothing by what cannot be chosen', async () => {
    const { user } = renderScreen(menu);
    await user.click(trigger());
    await user.click(screen.getByRole('menuitem', { name: 'Wait' }));
    expect(screen.getByRole('menu')).toBeTruthy();
  });
});
