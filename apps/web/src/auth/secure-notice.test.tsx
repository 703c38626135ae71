import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { SecureNotice } from './secure-notice.tsx';

// The document of tests is http.
it('says where signing in works when browsers would not send the cookies here', () => {
  renderScreen(<SecureNotice webUrl="https://stats.example" />);
  expect(screen.getByRole('alert').textContent).toContain('Open https://stats.example instead');
});

it('is silent where the portal is http', () => {
  renderScreen(<SecureNotice webUrl="http://stats.example" />);
  expect(screen.queryByRole('alert')).toBeNull();
});
