import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const checkDomain = vi.hoisted(() => vi.fn());
vi.mock('./domain-actions.ts', () => ({ checkDomain }));

const { DomainPanel } = await import('./domain-panel.tsx');

beforeEach(() => vi.resetAllMocks());

const show = (more: Partial<Parameters<typeof DomainPanel>[0]> = {}, locale: 'en' | 'de' = 'en') =>
  renderScreen(
    <DomainPanel
      siteId="site_a"
      domain="shop.example"
      standing="open"
      proofs={[]}
      record={{ name: '_footfall.shop.example', value: 'footfall-site=ff_a' }}
      {...more}
    />,
    { locale },
  );

it('says that another account names the domain, what follows, and how to prove it', () => {
  show();
  expect(screen.getByText(/Another account has named shop\.example/)).toBeTruthy();
  expect(screen.getByText('footfall-site=ff_a')).toBeTruthy();
  expect(screen.getByText('Nothing proves it yet.')).toBeTruthy();
});

it('names the proofs with their days', () => {
  show({ standing: 'owner', proofs: [{ kind: 'dns', since: '7 Jan 2026' }] }, 'de');
  expect(screen.getByText(/DNS-Eintrag gefunden, seit 7 Jan 2026/)).toBeTruthy();
});
