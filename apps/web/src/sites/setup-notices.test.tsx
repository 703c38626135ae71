import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { SetupProblem } from '#runtime/setup-problems.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { SetupNotices } from './setup-notices.tsx';

const PROBLEMS: SetupProblem[] = [
  { key: 'proxyUntrusted' },
  { key: 'proxyNoAddress' },
  { key: 'hostDiffers', host: '10.0.0.5:3000', webUrl: 'https://stats.example' },
  { key: 'collectorLocal', collectorUrl: 'http://127.0.0.1:3001' },
];

it.each(['en', 'de'] as const)('in %s each problem names the setting that mends it', (locale) => {
  renderScreen(<SetupNotices problems={PROBLEMS} />, { locale });
  const texts = screen.getAllByRole('status').map(({ textContent }) => textContent ?? '');
  const mended = ['TRUSTED_PROXIES', 'X-Forwarded-For', 'WEB_URL', 'COLLECTOR_URL'];
  for (const [index, setting] of mended.entries()) expect(texts[index]).toContain(setting);
  expect(texts[2]).toContain('10.0.0.5:3000');
  expect(texts[2]).toContain('https://stats.example');
  expect(texts[3]).toContain('http://127.0.0.1:3001');
});

it('says nothing when all is well', () => {
  const { container } = renderScreen(<SetupNotices problems={[]} />);
  expect(container.textContent).toBe('');
});
