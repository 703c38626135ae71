import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { GoalRow } from './goal-list.tsx';

const actions = vi.hoisted(() => ({ createGoal: vi.fn(), renameGoal: vi.fn(), removeGoal: vi.fn() }));
vi.mock('./goal-actions.ts', () => actions);

const { GoalForm } = await import('./goal-form.tsx');
const { GoalList } = await import('./goal-list.tsx');
const { SeenList } = await import('./seen-list.tsx');

beforeEach(() => vi.resetAllMocks());

const none = { props: {}, leftOut: false, figure: null };
const GOALS: readonly GoalRow[] = [
  {
    ...none,
    id: 'goal_a',
    name: 'Newsletter',
    kind: 'event',
    what: 'Signup',
    props: { plan: 'pro' },
    figure: { visitors: 1, events: 1_200, revenue: '12.50' },
  },
  { ...none, id: 'goal_b', name: 'Thanks', kind: 'page', what: '/thanks/*' },
];

/** The fields that an action was sent, as a form sends them. */
const sent = (action: typeof actions.createGoal) =>
  Object.fromEntries(action.mock.lastCall?.at(-1) as FormData);

it('lists what there is, with what reached it, each with a way to remove it that names it', async () => {
  const { user } = renderScreen(<GoalList siteId="site_a" goals={GOALS} currency="EUR" />);
  const [first, second] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect([first, second]).toEqual([
    'NewsletterEvent Signupplan = pro1 visitor · 1,200 times · €12.50RenameRemove',
    'ThanksPage /thanks/*Not reached yetRenameRemove',
  ]);
  await user.click(screen.getByRole('button', { name: 'Remove Thanks' }));
  expect(Object.fromEntries(actions.removeGoal.mock.lastCall?.[0])).toEqual({ site: 'site_a', id: 'goal_b' });
});

it('gives one another name, and says what is wrong with it', async () => {
  const { user } = renderScreen(<GoalList siteId="site_a" goals={GOALS} currency="EUR" />);
  await user.click(screen.getByRole('button', { name: 'Rename Thanks' }));
  actions.renameGoal.mockResolvedValueOnce({
    error: { code: 'goal_name_taken', values: { name: 'Newsletter' }, message: 'x', field: 'name' },
    values: { name: 'Newsletter' },
  });
  const field = screen.getByLabelText<HTMLInputElement>('New name');
  expect(field.value).toBe('Thanks');
  await user.clear(field);
  await user.type(field, 'Newsletter');
  await user.click(screen.getByRole('button', { name: 'Save name' }));
  expect(sent(actions.renameGoal)).toEqual({ site: 'site_a', id: 'goal_b', name: 'Newsletter' });
  expect(await screen.findByText('The site has a goal “Newsletter” already.')).toBeTruthy();
  actions.renameGoal.mockResolvedValueOnce({ renamed: true });
  await user.click(screen.getByRole('button', { name: 'Save name' }));
  await expect.poll(() => screen.queryByLabelText('New name')).toBeNull();
});

it('says that there are none', () => {
  renderScreen(<GoalList siteId="site_a" goals={[]} currency="EUR" />, { locale: 'de' });
  expect(screen.getByText('Noch keine Ziele.')).toBeTruthy();
});

it('makes a goal of what was seen with one press', async () => {
  actions.createGoal.mockResolvedValue({});
  const seen = [{ text: '/thanks', count: 12 }];
  const { user } = renderScreen(<SeenList siteId="site_a" kind="page" seen={seen} />);
  await user.click(screen.getByRole('button', { name: 'Make /thanks a goal' }));
  expect(sent(actions.createGoal)).toEqual({
    site: 'site_a',
    name: '/thanks',
    kind: 'page',
    what: '/thanks',
  });
});

it('sends what was typed, an event unless a page is chosen', async () => {
  actions.createGoal.mockResolvedValue({});
  const { user } = renderScreen(<GoalForm siteId="site_a" />);
  await user.type(screen.getByLabelText('Name'), 'Newsletter');
  await user.type(screen.getByLabelText('Event name or page'), 'Signup');
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  expect(sent(actions.createGoal)).toEqual({
    site: 'site_a',
    name: 'Newsletter',
    kind: 'event',
    what: 'Signup',
    props: '',
  });
});

it('shows what is wrong at the field that it is about, moves there, and keeps what was typed', async () => {
  actions.createGoal.mockResolvedValue({
    error: { code: 'invalid_goal', values: { rule: 'page', most: 500 }, message: 'x', field: 'page' },
    values: { name: 'Thanks', kind: 'page', what: 'thanks' },
  });
  const { user } = renderScreen(<GoalForm siteId="site_a" />, { locale: 'de' });
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
  const { user } = renderScreen(<GoalForm siteId="site_a" />);
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The site is not there any more.');
});

it('cannot be sent again while it is on its way', async () => {
  let answer: (state: object) => void = () => undefined;
  actions.createGoal.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const { user, container } = renderScreen(<GoalForm siteId="site_a" />);
  await user.click(screen.getByRole('button', { name: 'Add goal' }));
  const button = within(container).getByRole<HTMLButtonElement>('button', { name: 'Add goal' });
  expect([button.disabled, button.getAttribute('aria-busy')]).toEqual([true, 'true']);
  await act(async () => answer({}));
  expect(button.disabled).toBe(false);
});
