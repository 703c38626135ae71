import { act, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { openHelp, Shortcuts } from './shortcuts.tsx';

afterEach(() => {
  delete document.documentElement.dataset.theme;
});

it('d turns light and dark on every page', async () => {
  const { user } = renderScreen(<Shortcuts />);
  await user.keyboard('d');
  expect(document.documentElement.dataset.theme).toBe('dark');
});

it('a key of the page runs what it stands for, once', async () => {
  const run = vi.fn();
  const shortcuts = [{ key: 'x', label: 'Something', run }];
  const { user } = renderScreen(<Shortcuts shortcuts={shortcuts} />);
  await user.keyboard('xy');
  expect(run).toHaveBeenCalledTimes(1);
});

it('keys rest while the list of them is open', async () => {
  const run = vi.fn();
  const { user } = renderScreen(<Shortcuts shortcuts={[{ key: 'x', label: 'Something', run }]} />);
  act(openHelp);
  screen.getByRole('button', { name: 'Close' }).focus();
  await user.keyboard('x');
  expect(run).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('nothing listens any more when the page is left', async () => {
  const run = vi.fn();
  const { user, unmount } = renderScreen(<Shortcuts shortcuts={[{ key: 'x', label: 'Something', run }]} />);
  unmount();
  await user.keyboard('x');
  expect(run).not.toHaveBeenCalled();
});
