import { TENANT_ROLES } from '@footfall/core/access/role';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { ForbiddenNotice } from './forbidden-notice.tsx';

describe('the notice of a page that a role does not include', () => {
  it.each([
    ['owner', 'owner', 'Inhaber'],
    ['admin', 'admin', 'Verwaltung'],
    ['editor', 'editor', 'Bearbeitung'],
    ['billing', 'billing', 'Abrechnung'],
    ['viewer', 'viewer', 'Ansicht'],
  ] as const)('says that somebody is %s, and who can change that', (memberRole, english, german) => {
    const notice = <ForbiddenNotice memberRole={memberRole} tenantName="Kiln & Co" mayGoHome={false} />;
    const { unmount, container } = renderScreen(notice);
    expect(container.textContent).toBe(
      `This page is not part of your roleYou are signed in to Kiln & Co with the role ${english}. An owner or an admin can give you another one.`,
    );
    unmount();
    const german_ = renderScreen(notice, { locale: 'de' });
    expect(german_.container.textContent).toContain(`bei Kiln & Co mit der Rolle ${german} angemeldet`);
  });

  it('has a word for every role that there is', () => {
    for (const memberRole of TENANT_ROLES) {
      const { unmount, container } = renderScreen(
        <ForbiddenNotice memberRole={memberRole} tenantName="A" mayGoHome />,
      );
      expect(container.textContent).not.toContain('forbidden.');
      unmount();
    }
  });

  it.each([
    // Who reads no reports would be led from one refusal to the next.
    { why: 'leads to the reports only those who may read them', mayGoHome: false, links: [] },
    { why: 'leads those to the reports who may read them', mayGoHome: true, links: ['/'] },
  ])('$why', ({ mayGoHome, links }) => {
    renderScreen(<ForbiddenNotice memberRole="billing" tenantName="A" mayGoHome={mayGoHome} />);
    expect(screen.queryAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(links);
  });

  it('does not speak of an account to somebody who belongs to none', () => {
    const { container } = renderScreen(<ForbiddenNotice memberRole={null} tenantName={null} mayGoHome />);
    expect(container.querySelector('p')).toBeNull();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This page is not part of your role');
  });

  it('breaks a name that is longer than the screen', () => {
    const name = 'Töpferei'.repeat(40);
    renderScreen(<ForbiddenNotice memberRole="viewer" tenantName={name} mayGoHome />, { locale: 'de' });
    expect(screen.getByText(name).className).toContain('wrap-anywhere');
  });

  it('shows a name as text, whatever it looks like', () => {
    const name = '<b>{role}</b>';
    renderScreen(<ForbiddenNotice memberRole="viewer" tenantName={name} mayGoHome />);
    expect(screen.getByText(name)).toBeTruthy();
  });
});
