import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { AuthFrame } from './frame.tsx';

const frame = (
  <AuthFrame title="Sign in" footer={<a href="/sign-up">New here?</a>}>
    <input aria-label="Email" />
  </AuthFrame>
);

it('has one heading, the form, the way to the other form and the languages, in this order', async () => {
  const { user } = renderScreen(frame);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sign in');
  const walked: (string | null)[] = [];
  for (let step = 0; step < 4; step += 1) {
    await user.tab();
    const { activeElement } = document;
    walked.push(activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? null);
  }
  expect(walked).toEqual(['Email', 'New here?', 'English', 'Deutsch']);
});

it.each([
  ['en', 'Language', 'English'],
  ['de', 'Sprache', 'Deutsch'],
] as const)('in %s marks the language that holds', (locale, name, current) => {
  renderScreen(frame, { locale });
  expect(screen.getByRole('navigation', { name })).toBeTruthy();
  expect(screen.getByRole('button', { current: true }).textContent).toBe(current);
});
