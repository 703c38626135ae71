import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PLATFORMS, type Platform } from '@footfall/core/platform';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { fillIn } from './fill-in.ts';
import { splitSteps } from './split-steps.ts';

vi.mock('./setup-actions.ts', () => ({
  choosePlatform: async () => undefined,
  goToStep: async () => undefined,
}));

const { PlatformStep } = await import('./platform-step.tsx');
const { SnippetStep } = await import('./snippet-step.tsx');

const FOLDER = path.resolve('docs/install');
const ALL = Object.keys(PLATFORMS) as Platform[];
const SITE = { id: 'site_a', siteKey: 'ff_abc', domain: 'töpferei.example' };
const COLLECTOR = 'https://in.footfall.example';
const SNIPPET = `<script defer src="${COLLECTOR}/a.js" data-site="ff_abc"></script>`;

const readSteps = (platform: Platform) =>
  splitSteps(
    fillIn(readFileSync(path.join(FOLDER, `${platform}.md`), 'utf8'), {
      siteKey: SITE.siteKey,
      collectorUrl: COLLECTOR,
    }),
  );
const show = (platform: Platform | null) =>
  renderScreen(
    <SnippetStep
      site={SITE}
      snippet={SNIPPET}
      platform={platform}
      steps={platform === null ? null : readSteps(platform)}
    />,
  );

it('every system has a page of docs/install, and every page a system', () => {
  const pages = globSync('*.md', { cwd: FOLDER }).map((name) => name.replace('.md', ''));
  expect(pages.toSorted()).toEqual(ALL.toSorted());
});

it.each(ALL)('the steps of %s are shown whole, with key and collector filled in', (platform) => {
  const { container } = show(platform);
  const text = container.textContent ?? '';
  expect(text).not.toMatch(/YOUR_SITE_KEY|collector\.example|```|&(?:amp|lt|quot|#39);/);
  expect(text).toContain('ff_abc');
  const { first, beyond } = readSteps(platform);
  expect(first.some(({ raw }) => raw.includes('```'))).toBe(true);
  // Each piece of code can be copied as it stands in the page of the docs.
  const code = [...first, ...beyond].flatMap(({ raw }) => raw.match(/^ *```/gm) ?? []).length / 2;
  expect(screen.getAllByRole('button', { name: 'Copy', hidden: true })).toHaveLength(code);
});

it.each(
  ALL.filter((platform) =>
    /## Orders|checkout and orders/i.test(readFileSync(path.join(FOLDER, `${platform}.md`), 'utf8')),
  ),
)('what %s needs for orders comes after what counts visits', (platform) => {
  expect(readSteps(platform).beyond.length).toBeGreaterThan(0);
  expect(readSteps(platform).first.some(({ raw }) => /order/i.test(raw) && raw.startsWith('## '))).toBe(
    false,
  );
});

it('without a system there is the line alone, and a mail to a colleague that has it', () => {
  show(null);
  expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  const href = screen.getByRole('link', { name: 'Send it to a colleague' }).getAttribute('href') ?? '';
  const { searchParams } = new URL(href);
  expect(searchParams.get('subject')).toBe('A line for the pages of töpferei.example');
  expect(searchParams.get('body')).toContain(SNIPPET);
});

it('HTML in a page is shown as text', async () => {
  const { Blocks } = await import('./markdown.tsx');
  const { tokens } = {
    tokens: splitSteps('<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) `<b>` & *c*').first,
  };
  const { container } = renderScreen(<Blocks tokens={tokens} />);
  expect(container.querySelector('img, a')).toBeNull();
  expect(container.textContent).toContain('<b>');
});

it.each(['en', 'de'] as const)(
  'in %s each system can be chosen by keyboard, the one that was chosen is',
  async (locale) => {
    const { user } = renderScreen(<PlatformStep siteId="site_a" platform="wix" />, { locale });
    const boxes = screen.getAllByRole<HTMLInputElement>('radio');
    expect(boxes.map(({ value }) => value)).toEqual(ALL);
    expect(boxes.filter(({ checked }) => checked).map(({ value }) => value)).toEqual(['wix']);
    await user.tab();
    expect((document.activeElement as HTMLInputElement).name).toBe('platform');
  },
);
