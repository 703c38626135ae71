import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const actions = vi.hoisted(() => ({ createApiKey: vi.fn() }));
vi.mock('./key-actions.ts', () => actions);

const { NewKeyForm } = await import('./new-key-form.tsx');

beforeEach(() => vi.resetAllMocks());

const FORM = <NewKeyForm sites={[{ id: 'site_a', domain: 'kiln.example' }]} earliest="2026-11-03" />;

/** What the form was sent with last: each field, and several as a list. */
const sent = () => {
  const form = actions.createApiKey.mock.lastCall?.[1] as FormData;
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).join(' ')]));
};

const NOTHING_ELSE = { name: '', access: 'all', expires: '', of: 'tenant' };

describe('a new key', () => {
  it.each([
    { why: 'reads reports unless something else is chosen', press: [], scopes: 'stats' },
    {
      why: 'may do everything',
      press: ['Send events from a server', 'Make and change sites and goals'],
      scopes: 'ingest stats sites',
    },
    { why: 'may only send events', press: ['Read reports', 'Send events from a server'], scopes: 'ingest' },
  ])('$why', async ({ press, scopes }) => {
    actions.createApiKey.mockResolvedValue({});
    const { user } = renderScreen(FORM);
    for (const name of press) await user.click(screen.getByRole('checkbox', { name }));
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(sent()).toEqual({ ...NOTHING_ELSE, scopes });
  });

  it('may have a name, some sites, an end and an owner', async () => {
    actions.createApiKey.mockResolvedValue({});
    const { user } = renderScreen(FORM);
    await user.type(screen.getByLabelText('Name'), 'Shop server');
    await user.click(screen.getByRole('radio', { name: 'Only these' }));
    await user.click(screen.getByRole('checkbox', { name: 'kiln.example' }));
    await user.type(screen.getByLabelText('Ends after'), '2027-01-31');
    await user.selectOptions(screen.getByLabelText('Whose it is'), 'member');
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(sent()).toEqual({
      name: 'Shop server',
      scopes: 'stats',
      access: 'some',
      sites: 'site_a',
      expires: '2027-01-31',
      of: 'member',
    });
  });

  it('is shown once in full, is announced and can be copied', async () => {
    actions.createApiKey.mockResolvedValue({ apiKey: 'ff_secret' });
    const { user } = renderScreen(FORM, { locale: 'de' });
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    expect(screen.queryByRole('status')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Schlüssel anlegen' }));
    const shown = within(await screen.findByRole('status'));
    expect(shown.getByText('ff_secret')).toBeTruthy();
    expect(
      shown.getByText('Kopieren Sie den Schlüssel jetzt: Er wird nicht noch einmal gezeigt.'),
    ).toBeTruthy();
    await user.click(shown.getByRole('button', { name: 'Schlüssel kopieren' }));
    expect(write).toHaveBeenCalledWith('ff_secret');
  });

  it('cannot be asked for twice while the first is being made', async () => {
    const made = Promise.withResolvers<object>();
    actions.createApiKey.mockReturnValue(made.promise);
    const { user } = renderScreen(FORM);
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Create key' });
    await user.click(button);
    expect([button.disabled, button.getAttribute('aria-busy')]).toEqual([true, 'true']);
    await user.click(button);
    expect(actions.createApiKey).toHaveBeenCalledTimes(1);
    await act(async () => made.resolve({}));
    expect(button.disabled).toBe(false);
  });

  it.each([
    ['en', 'Create key', 'Choose what the key may do.'],
    ['de', 'Schlüssel anlegen', 'Wählen Sie, was der Schlüssel darf.'],
  ] as const)('in %s that may do nothing is refused, and it is said where', async (locale, name, text) => {
    actions.createApiKey.mockResolvedValue({
      error: { code: 'unknown_scope', values: {}, message: 'x', field: 'scopes' },
    });
    const { user } = renderScreen(FORM, { locale });
    await user.click(screen.getByRole('button', { name }));
    expect(await screen.findByText(text)).toBeTruthy();
    expect(screen.queryByRole('status')).toBeNull();
  });
});
