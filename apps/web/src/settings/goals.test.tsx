import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const actions = vi.hoisted(() => ({ createGoal: vi.fn(), removeGoal: vi.fn() }));
vi.mock('./goal-actions.ts', () => actions);

const { Goals } = await import('./goals.tsx');

beforeEach(() => vi.resetAllMocks());

const GOALS = [
  { id: 'goal_a', name: 'Newsletter', kind: 'event', what: 'Signup', leftOut: false },
  { id: 'goal_b', name: 'Thanks', kind: 'page', what: '/thanks/*', leftOut: false },
] as const;

/** The fields that an action was sent, as a form sends them. */
const sent = (action: typeof actions.createGoal) =>
  Object.fromEntries(action.mock.lastCall?.at(-1) as FormData);

it('lists what there is, each with a way to remove it that names it', async () => {
  const { user } = renderScreen(<Goals siteId="site_a" goals={GOALS} />);
  const [first, second] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect([first, second]).toEqual(['NewsletterEvent SignupRemove', 'ThanksPage /thanks/*Remove']);
  await user.click(screen.getByRole('button', { name: 'Remove Thanks' }));
  expect(Object.fromEntries(actions.removeGoal.mock.lastCall?.[0])).toEqual({ site: 'site_a', id: 'goal_b' });
});

it('says that there are none', () => {
  renderScreen(<Goals siteId="site_a" goals={[]} />, { locale: 'de' });
  expect(screen.getByText('Noch keine Ziele.')).toBeTruthy();
});

it('sends what was typed, an event unless a page is chosen', async () => {
  actions.createGoal.mockResolvedValue({});
  const { user } = renderScreen(<Goals siteId="site_a" goals={[]} />);
  await user.type(screen.getByLabelText('Name'), 'Newsletter');
  await user.type(screen.getByLabelText('Event name or page'), 'Signup');
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  expect(sent(actions.createGoal)).toEqual({
    site: 'site_a',
    name: 'Newsletter',
    kind: 'event',
    what: 'Signup',
  });
});

it('shows what is wrong at the field that it is about, moves there, and keeps what was typed', async () => {
  actions.createGoal.mockResolvedValue({
    error: { code: 'invalid_goal', values: { rule: 'page', most: 500 }, message: 'x', field: 'page' },
    values: { name: 'Thanks', kind: 'page', what: 'thanks' },
  });
  const { user } = renderScreen(<Goals siteId="site_a" goals={[]} />, { locale: 'de' });
  await user.type(screen.getByLabelText('Name'), 'Thanks');
  await user.click(screen.getByRole('button', { name: 'Ziel hinzufügen' }));
  const what = await screen.findByRole<HTMLInputElement>('textbox', {
    name: 'Name des Ereignisses oder Seite',
    description: /^Eine Seite beginnt mit \/ und hat höchstens 500 Zeichen/,
  });
  expect(document.activeElement).toBe(what);
  expect([what.value, screen.getByLabelText<HTMLInputElement>('Name').value]).toEqual(['thanks', 'Thanks']);
  expect(screen.getByLabelText<HTMLInputElement>('Seite').checked).toBe(true);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says what is wrong with no field of its own above the form', async () => {
  actions.createGoal.mockResolvedValue({ error: { code: 'unknown_site', message: 'x', field: 'site' } });
  const { user } = renderScreen(<Goals siteId="site_a" goals={[]} />);
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The site is not there any more.');
});

it('cannot be sent again while it is on its way', async () => {
  let answer: (state: object) => void = () => undefined;
  actions.createGoal.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const { user, container } = renderScreen(<Goals siteId="site_a" goals={[]} />);
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  const button = within(container).getByRole<HTMLButtonElement>('button', { name: 'Add goal' });
  expect([button.disabled, button.getAttribute('aria-busy')]).toEqual([true, 'true']);
  await act(async () => answer({}));
  expect(button.disabled).toBe(false);
});
