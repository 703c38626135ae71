import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const actions = vi.hoisted(() => ({ createApiKey: vi.fn(), revokeApiKey: vi.fn() }));
vi.mock('./key-actions.ts', () => actions);

const { ApiKeys } = await import('./api-keys.tsx');

beforeEach(() => vi.resetAllMocks());

const KEYS = [
  { id: 'key_a', hint: 'ff_1a2b', scopes: ['stats'], created: '3 Nov 2026' },
  { id: 'key_b', hint: 'ff_9z8y', scopes: ['ingest', 'stats'], created: '4 Nov 2026' },
] as const;

const created = () => Object.fromEntries(actions.createApiKey.mock.lastCall?.[1] as FormData);

describe('the keys that there are', () => {
  it('show their beginning, what they may do and since when', () => {
    renderScreen(<ApiKeys keys={KEYS} />);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'ff_1a2b…stats3 Nov 2026Revoke',
      'ff_9z8y…ingeststats4 Nov 2026Revoke',
    ]);
  });

  it.each([
    ['en', 'No keys yet.'],
    ['de', 'Noch keine Schlüssel.'],
  ] as const)('in %s are said to be none', (locale, text) => {
    renderScreen(<ApiKeys keys={[]} />, { locale });
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByRole('list')).toBeNull();
  });

  it.each([
    // Two buttons of the same word would sound alike.
    ['en', 'Revoke ff_9z8y'],
    ['de', 'ff_9z8y sperren'],
  ] as const)('in %s are revoked each by a button that names it', async (locale, name) => {
    const { user } = renderScreen(<ApiKeys keys={KEYS} />, { locale });
    await user.click(screen.getByRole('button', { name }));
    expect(actions.revokeApiKey).toHaveBeenCalledTimes(1);
    expect(Object.fromEntries(actions.revokeApiKey.mock.lastCall?.[0])).toEqual({ id: 'key_b' });
    expect(actions.createApiKey).not.toHaveBeenCalled();
  });
});

describe('a new key', () => {
  it.each([
    { why: 'reads reports unless something else is chosen', press: [], sends: { stats: 'on' } },
    {
      why: 'may do both',
      press: ['Send events from a server'],
      sends: { stats: 'on', ingest: 'on' },
    },
    {
      why: 'may only send events',
      press: ['Read reports', 'Send events from a server'],
      sends: { ingest: 'on' },
    },
    // The server says what is wrong with it, so the form lets it go.
    { why: 'may be asked for without a scope', press: ['Read reports'], sends: {} },
  ])('$why', async ({ press, sends }) => {
    actions.createApiKey.mockResolvedValue({});
    const { user } = renderScreen(<ApiKeys keys={[]} />);
    for (const name of press) await user.click(screen.getByRole('checkbox', { name }));
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(created()).toEqual(sends);
  });

  it('is shown once in full, is announced and can be copied', async () => {
    actions.createApiKey.mockResolvedValue({ apiKey: 'ff_secret' });
    const { user } = renderScreen(<ApiKeys keys={KEYS} />, { locale: 'de' });
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
    const { user } = renderScreen(<ApiKeys keys={[]} />);
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
  ] as const)(
    'in %s that may do nothing is refused, and the focus goes to why',
    async (locale, name, text) => {
      // The form has no field of this name: what is wrong is said in general.
      actions.createApiKey.mockResolvedValue({
        error: { code: 'unknown_scope', values: {}, message: 'x', field: 'scopes' },
      });
      const { user } = renderScreen(<ApiKeys keys={[]} />, { locale });
      await user.click(screen.getByRole('button', { name }));
      const alert = await screen.findByRole('alert');
      expect(alert.textContent).toBe(text);
      expect(document.activeElement).toBe(alert);
      expect(screen.queryByRole('status')).toBeNull();
    },
  );
});
