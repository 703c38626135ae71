import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LockedNotice } from './locked-notice.tsx';

describe('what stands in place of locked reports', () => {
  it.each([
    ['restricted', true, ['/billing']],
    ['restricted', false, []],
    ['suspended', true, []],
    ['closed', true, []],
  ] as const)('leads to the plan where %s and the reader may pay (%s)', (state, mayPay, links) => {
    for (const locale of ['en', 'de'] as const) {
      const { unmount, container } = renderScreen(<LockedNotice state={state} mayPay={mayPay} />, { locale });
      expect(screen.queryAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(links);
      expect(container.textContent).not.toContain('locked.');
      unmount();
    }
  });

  it('says who can settle it to whoever cannot, and that counting goes on', () => {
    const { container } = renderScreen(<LockedNotice state="restricted" mayPay={false} />);
    expect(container.textContent).toMatch(/counted all the same.*An owner/s);
  });
});
