import { buildLedger } from '@footfall/core/ledger';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { describeParts, PARTS } from './lines.ts';
import type { Found } from './look.ts';
import { HealthPanels } from './panels.tsx';

const NOW = Date.parse('2026-11-03T10:00:00Z');
const known = <T,>(value: T) => ({ value, problem: null });
const AWAY = { value: null, problem: 'no answer within 1.5 s' } as const;

const disk = (name: 'data' | 'spool', daysLeft: number | null) => ({
  name,
  folder: `/srv/${name}`,
  free: 5e9,
  size: 100e9,
  device: 1,
  daysLeft,
});

const FOUND: Found = {
  now: NOW,
  version: '0.1.0',
  database: known('17.2'),
  eventLog: AWAY,
  eventStore: known(undefined),
  reportStore: known(undefined),
  services: known({
    collector: { healthy: true, problem: null },
    processor: { healthy: false, problem: 'not ready (503)', restarts: 2 },
    stranger: { healthy: false, problem: 'gone' },
  }),
  lag: AWAY,
  freshness: AWAY,
  spools: known([
    {
      id: 'a',
      place: 'shop:/spool/1',
      records: 12,
      bytes: 99,
      oldestReceivedAt: NOW - 60_000,
      saidAt: new Date(NOW - 1_000),
    },
  ]),
  chores: known([
    {
      name: 'destroy-salts',
      cron: '* * * * *',
      dueAt: NOW + 1,
      startedAt: null,
      succeededAt: NOW - 9e5,
      failedAt: NOW,
      failures: 1,
      error: 'disk full',
    },
  ]),
  space: known({
    disks: [disk('data', 12), disk('spool', null)],
    database: { size: 2e9, growthPerDay: 3e8 },
  }),
  clock: known({ now: NOW, steadyBehindMs: 0, behindMs: 9_000, setBack: null }),
  proxies: known([]),
  mails: known({ failed: 2, late: 0, since: NOW - 5e6 }),
  usage: known({
    lastCheck: { at: NOW - 5e6, differences: 3, unread: 0 },
    overdue: 0,
    givenUp: 1,
    reports: 0,
  }),
  ledger: known({ days: [], total: buildLedger(new Map(), 0) }),
};

it.each(['en', 'de'] as const)(
  'tells each part apart, says what to do, and shows the rest where one is away, in %s',
  (locale) => {
    renderScreen(<HealthPanels found={FOUND} lines={describeParts(FOUND)} />, { locale });
    const [parts] = screen.getAllByRole('region');
    const items = within(parts as HTMLElement).getAllByRole('listitem');
    // The portal itself is missing among the services, and a service has a name that there is no word for.
    expect(items).toHaveLength(PARTS.length - 3 + 1);
    const troubled = items.filter(({ textContent }) => !/OK|In Ordnung/.test(textContent));
    expect(troubled).toHaveLength(12);
    for (const item of troubled) expect(item.textContent.length).toBeGreaterThan(60);
    expect(within(parts as HTMLElement).getByRole('status').textContent).toContain('12');
    expect(screen.getByText(/shop:\/spool\/1: 12 events/)).toBeTruthy();
    expect(screen.getByText('destroy-salts: disk full')).toBeTruthy();
    expect(screen.getByText(locale === 'en' ? '12 days' : '12 Tagen')).toBeTruthy();
    expect(screen.getAllByText('no answer within 1.5 s').length).toBeGreaterThan(2);
  },
);
