import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { MESSAGES } from '#words/words.ts';

const actions = vi.hoisted(() => ({ signIn: vi.fn(), signUp: vi.fn() }));
vi.mock('./actions.ts', () => actions);

const { SignInForm, SignUpForm } = await import('./forms.tsx');

beforeEach(() => vi.resetAllMocks());

const sent = (action: typeof actions.signIn) => Object.fromEntries(action.mock.lastCall?.[1] as FormData);

it('signing in sends where to go on to, and lets password managers fill in', async () => {
  actions.signIn.mockResolvedValue({});
  const { user } = renderScreen(<SignInForm next="/sites/site_a" />);
  const [email, password] = [
    screen.getByLabelText('Email'),
    screen.getByLabelText('Password'),
  ] as HTMLInputElement[];
  expect([email?.autocomplete, password?.autocomplete, password?.type]).toEqual([
    'username',
    'current-password',
    'password',
  ]);
  await user.type(email as HTMLElement, 'owner@kiln.example');
  await user.type(password as HTMLElement, 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(sent(actions.signIn)).toEqual({
    next: '/sites/site_a',
    email: 'owner@kiln.example',
    password: 'correct horse',
  });
});

it.each([
  ['en', 'Sign in', 'This email address and password do not belong together.'],
  ['de', 'Anmelden', 'Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen.'],
] as const)(
  'in %s it says that they do not belong together, and keeps the address alone',
  async (locale, name, text) => {
    actions.signIn.mockResolvedValue({
      error: { code: 'wrong_credentials', values: {}, message: 'x' },
      values: { email: 'owner@kiln.example' },
    });
    const { user } = renderScreen(<SignInForm next="/" />, { locale });
    await user.click(screen.getByRole('button', { name }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe(text);
    // The focus moves in an effect, after what is seen.
    await expect.poll(() => document.activeElement).toBe(alert);
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('owner@kiln.example');
  },
);

it.each([
  ['en', /sign in/i],
  ['de', /anmelden/i],
] as const)(
  'has one button in %s by whose words somebody signs in: the contract names it',
  (locale, words) => {
    renderScreen(<SignInForm next="/" />, { locale });
    expect(screen.getAllByRole('button', { name: words })).toHaveLength(1);
  },
);

it('no other way in has the words of that button', () => {
  for (const locale of ['en', 'de'] as const) {
    const own = MESSAGES[locale].auth.signIn.toLowerCase();
    const { auth, passkeys } = MESSAGES[locale];
    for (const other of [auth.signInWithTeam, auth.continueWith, passkeys.signIn])
      expect(other.toLowerCase()).not.toContain(own);
  }
});

it('says for how long there were too many attempts', async () => {
  actions.signIn.mockResolvedValue({
    error: { code: 'too_many_attempts', values: { minutes: 15, seconds: 900 }, message: 'x' },
  });
  const { user } = renderScreen(<SignInForm next="/" />, { locale: 'de' });
  await user.click(screen.getByRole('button', { name: 'Anmelden' }));
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Zu viele Versuche. Versuchen Sie es in 15 Minuten wieder.',
  );
});

it('signing up says at its field what was wrong, moves there and forgets the password', async () => {
  actions.signUp.mockResolvedValue({
    error: { code: 'email_taken', values: { email: 'owner@kiln.example' }, message: 'x', field: 'email' },
    values: { name: 'Kiln & Co', email: 'owner@kiln.example' },
  });
  const { user } = renderScreen(<SignUpForm />, { locale: 'de' });
  await user.type(screen.getByLabelText('Name'), 'Kiln & Co');
  await user.type(screen.getByLabelText('Passwort'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Konto anlegen' }));
  const email = await screen.findByRole<HTMLInputElement>('textbox', {
    name: 'E-Mail',
    description: 'Zu owner@kiln.example gibt es schon ein Konto.',
  });
  // The focus moves in an effect, after what is seen.
  await expect.poll(() => document.activeElement).toBe(email);
  expect(email.value).toBe('owner@kiln.example');
  expect(screen.getByLabelText<HTMLInputElement>('Passwort').value).toBe('');
});

it('says before it is sent what is wanted', () => {
  renderScreen(<SignUpForm />);
  expect(screen.getByRole('textbox', { name: 'Name', description: 'Your shop or company' })).toBeTruthy();
  expect(screen.getByText('At least 10 characters, not a common password')).toBeTruthy();
});
