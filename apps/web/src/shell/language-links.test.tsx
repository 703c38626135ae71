import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LanguageLinks } from './language-links.tsx';

it('offers the languages to those who are not signed in, marks the one that holds and turns the page', async () => {
  const { user, router } = renderScreen(<LanguageLinks />, { locale: 'de' });
  expect(screen.getByRole('navigation', { name: 'Sprache' })).toBeTruthy();
  expect(screen.getByRole('button', { current: true }).textContent).toBe('Deutsch');
  await user.click(screen.getByRole('button', { name: 'English' }));
  expect(document.cookie).toContain('locale=en');
  expect(router.refresh).toHaveBeenCalledTimes(1);
});
