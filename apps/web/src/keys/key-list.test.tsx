import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const actions = vi.hoisted(() => ({ createApiKey: vi.fn(), rotateApiKey: vi.fn(), revokeApiKey: vi.fn() }));
vi.mock('./key-actions.ts', () => actions);

const { KeyList } = await import('./key-list.tsx');

beforeEach(() => vi.resetAllMocks());

const KEYS = [
  {
    id: 'key_a',
    hint: 'ff_1a2b',
    name: '',
    scopes: ['stats'],
    hasEnded: true,
    facts: ['all sites', 'never used'],
  },
  {
    id: 'key_b',
    hint: 'ff_9z8y',
    name: 'Shop server',
    scopes: ['ingest', 'stats'],
    hasEnded: false,
    facts: ['2 sites'],
  },
] as const;

describe('the keys that there are', () => {
  it('show their name or beginning, what they may do and what else is so', () => {
    renderScreen(<KeyList keys={KEYS} />);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'ff_1a2b…statsendedall sites · never usedNew secretRevokeNew secret for ff_1a2b',
      'Shop serverff_9z8y…ingeststats2 sitesNew secretRevokeNew secret for Shop server',
    ]);
  });

  it.each([
    ['en', 'No keys yet.'],
    ['de', 'Noch keine Schlüssel.'],
  ] as const)('in %s are said to be none', (locale, text) => {
    renderScreen(<KeyList keys={[]} />, { locale });
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByRole('list')).toBeNull();
  });

  it.each([
    // Two buttons of the same word would sound alike.
    ['en', 'Revoke Shop server', 'Revoke ff_1a2b'],
    ['de', 'Shop server sperren', 'ff_1a2b sperren'],
  ] as const)('in %s are revoked each by a button that names it', async (locale, name, unnamed) => {
    const { user } = renderScreen(<KeyList keys={KEYS} />, { locale });
    expect(screen.getByRole('button', { name: unnamed })).toBeTruthy();
    await user.click(screen.getByRole('button', { name }));
    expect(actions.revokeApiKey).toHaveBeenCalledTimes(1);
    expect(Object.fromEntries(actions.revokeApiKey.mock.lastCall?.[0])).toEqual({ id: 'key_b' });
  });
});

describe('another secret', () => {
  it('is asked for with how long the former one goes on, and shown once', async () => {
    actions.rotateApiKey.mockResolvedValue({ apiKey: 'ff_secret' });
    const { user } = renderScreen(<KeyList keys={KEYS} />);
    await user.click(screen.getByRole('button', { name: 'New secret for Shop server' }));
    const dialog = within(screen.getByRole('dialog'));
    const choices = dialog.getAllByRole('option').map(({ textContent }) => textContent);
    expect(choices).toEqual(['ends now', 'goes on for an hour', 'goes on for a day', 'goes on for 7 days']);
    await user.selectOptions(dialog.getByLabelText('The former secret'), 'ends now');
    await user.click(dialog.getByRole('button', { name: 'New secret' }));
    expect(Object.fromEntries(actions.rotateApiKey.mock.lastCall?.[1])).toEqual({ id: 'key_b', grace: '0' });
    expect(within(await dialog.findByRole('status')).getByText('ff_secret')).toBeTruthy();
  });
});
