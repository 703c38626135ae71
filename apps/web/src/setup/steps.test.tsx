import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PLATFORMS, type Platform } from '@footfall/core/platform';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LOCALE_NAMES, type Locale } from '#words/locale.ts';
import { fillIn } from './fill-in.ts';
import { splitSteps } from './split-steps.ts';

vi.mock('./setup-actions.ts', () => ({
  choosePlatform: async () => undefined,
  goToStep: async () => undefined,
}));

const { PlatformStep } = await import('./platform-step.tsx');
const { SnippetStep } = await import('./snippet-step.tsx');

const FOLDERS = { en: path.resolve('docs/install'), de: path.resolve('docs/de/install') } as const;
const ALL = Object.keys(PLATFORMS) as Platform[];
const SITE = { id: 'site_a', siteKey: 'ff_abc', domain: 'töpferei.example' };
const COLLECTOR = 'https://in.footfall.example';
const SNIPPET = `<script defer src="${COLLECTOR}/a.js" data-site="ff_abc"></script>`;

const readPage = (platform: Platform, locale: Locale = 'en') =>
  readFileSync(path.join(FOLDERS[locale], `${platform}.md`), 'utf8');
const readSteps = (platform: Platform, locale: Locale = 'en') =>
  splitSteps(
    fillIn(readPage(platform, locale), {
      siteKey: SITE.siteKey,
      collectorUrl: COLLECTOR,
    }),
  );
const show = (platform: Platform | null, locale: Locale = 'en') =>
  renderScreen(
    <SnippetStep
      site={SITE}
      snippet={SNIPPET}
      platform={platform}
      steps={platform === null ? null : readSteps(platform, locale)}
    />,
    { locale },
  );

it.each(LOCALE_NAMES)('every system has a page in %s, and every page a system', (locale) => {
  const pages = globSync('*.md', { cwd: FOLDERS[locale] }).map((name) => name.replace('.md', ''));
  expect(pages.toSorted()).toEqual(ALL.toSorted());
});

/** What is copied, piece by piece. */
const codeIn = (text: string) => text.match(/^ *```[\s\S]*?^ *```$/gm) ?? [];
/** What is typed or looked for as it is written: in backticks, but for names of paths in a sentence. */
const inlineCode = (text: string) => text.replace(/^ *```[\s\S]*?^ *```$/gm, '').match(/`[^`\n]+`/g) ?? [];

it.each(ALL)(
  'the page of %s has the same code and the same parts in every language, in other words',
  (platform) => {
    const [english, german] = [readPage(platform), readPage(platform, 'de')];
    expect(codeIn(german)).toEqual(codeIn(english));
    expect(inlineCode(german).toSorted()).toEqual(inlineCode(english).toSorted());
    const parts = (locale: Locale) => {
      const { first, beyond } = readSteps(platform, locale);
      return [first, beyond].map((tokens) => tokens.map(({ type }) => type));
    };
    expect(parts('de')).toEqual(parts('en'));
    const prose = (text: string) =>
      text
        .replace(/^ *```[\s\S]*?^ *```$/gm, '')
        .split('\n')
        .filter((line) => / \w+ \w+ /.test(line.replace(/^# .*|\*\*.*?\*\*/g, '')));
    expect(prose(german).filter((line) => prose(english).includes(line))).toEqual([]);
  },
);

it.each(ALL.flatMap((platform) => LOCALE_NAMES.map((locale) => ({ platform, locale }))))(
  'the steps of $platform in $locale are shown whole, with key and collector filled in',
  ({ platform, locale }) => {
    const { container } = show(platform, locale);
    const text = container.textContent ?? '';
    expect(text).not.toMatch(/YOUR_SITE_KEY|collector\.example|```|&(?:amp|lt|quot|#39);/);
    expect(text).toContain('ff_abc');
    const { first, beyond } = readSteps(platform, locale);
    expect(first.some(({ raw }) => raw.includes('```'))).toBe(true);
    // Each piece of code can be copied as it stands in the page of the docs.
    const code = [...first, ...beyond].flatMap(({ raw }) => raw.match(/^ *```/gm) ?? []).length / 2;
    expect(screen.getAllByRole('button', { name: /^(Copy|Kopieren)$/, hidden: true })).toHaveLength(code);
  },
);

it.each(ALL.filter((platform) => /## Orders|checkout and orders/i.test(readPage(platform))))(
  'what %s needs for orders comes after what counts visits',
  (platform) => {
    expect(readSteps(platform).beyond.length).toBeGreaterThan(0);
    expect(readSteps(platform).first.some(({ raw }) => /order/i.test(raw) && raw.startsWith('## '))).toBe(
      false,
    );
  },
);

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
