import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { Dialog } from './dialog.tsx';
import { renderScreen } from './screen.fixture.tsx';

function Asking() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      <Dialog title="Choose days" open={open} onClose={() => setOpen(false)}>
        <input aria-label="From" />
      </Dialog>
    </>
  );
}

it('a dialog that is closed has nothing in it to reach', () => {
  renderScreen(
    <Dialog title="Choose days" open={false} onClose={vi.fn()}>
      <input aria-label="From" />
    </Dialog>,
  );
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByLabelText('From')).toBeNull();
});

it('a dialog is named by its title and shown over the page', async () => {
  const { user } = renderScreen(<Asking />);
  await user.click(screen.getByRole('button', { name: 'Ask' }));
  const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Choose days' });
  expect(dialog.open).toBe(true);
  expect(screen.getByLabelText('From')).toBeTruthy();
});

it.each([
  ['en', 'Close'],
  ['de', 'Schließen'],
] as const)('its button closes it, in %s named %s', async (locale, name) => {
  const { user } = renderScreen(<Asking />, { locale });
  await user.click(screen.getByRole('button', { name: 'Ask' }));
  await user.click(screen.getByRole('button', { name }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByLabelText('From')).toBeNull();
});

it('the platform closing it, as Escape does, is heard', () => {
  const onClose = vi.fn();
  renderScreen(
    <Dialog title="Choose days" open onClose={onClose}>
      text
    </Dialog>,
  );
  screen.getByRole<HTMLDialogElement>('dialog').close();
  expect(onClose).toHaveBeenCalled();
});
