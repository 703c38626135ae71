import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { AccountBanner, type AccountNotice } from './account-banner.tsx';

const NOTICES: readonly [AccountNotice, string][] = [
  [{ kind: 'suspended', reason: 'Ticket 7' }, 'Ticket 7'],
  [{ kind: 'restricted' }, 'locked'],
  [{ kind: 'overPlan', locksAt: Date.parse('2026-12-08T10:00:00Z') }, '8'],
];

it.each(NOTICES)(
  'says %j in both languages, and leads to the plan whoever may pay for it',
  (notice, text) => {
    const { container, unmount } = renderScreen(<AccountBanner notice={notice} mayPay />);
    expect(container.textContent).toContain(text);
    expect(screen.queryAllByRole('link')).toHaveLength(notice.kind === 'suspended' ? 0 : 1);
    unmount();
    const german = renderScreen(<AccountBanner notice={notice} mayPay={false} />, { locale: 'de' });
    expect(german.container.textContent).toMatch(/Team/);
    expect(screen.queryByRole('link')).toBeNull();
  },
);
