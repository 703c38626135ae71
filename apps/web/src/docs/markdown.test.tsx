import { screen, within } from '@testing-library/react';
import { marked } from 'marked';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { Markdown } from './markdown.tsx';

const show = (text: string) => renderScreen(<Markdown slug="tracker" tokens={marked.lexer(text)} />);

it('shows what pages are made of', () => {
  const { container } = show(
    '## Your own events\n\nA *word*, `code` and [a page](install.md).\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| `x\\|y` | 2 &lt; 3 |\n\n```js\nlet a = 1;\n```\n',
  );
  expect(screen.getByRole('heading', { level: 2 }).id).toBe('your-own-events');
  expect(screen.getByRole('link', { name: 'a page' }).getAttribute('href')).toBe('/docs/install');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['one', 'two']);
  const cells = within(screen.getByRole('table')).getAllByRole('cell');
  expect(cells.map(({ textContent }) => textContent)).toEqual(['x|y', '2 < 3']);
  expect(container.querySelector('pre')?.textContent).toBe('let a = 1;');
  expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
});

it('lets no HTML of a page through, and no link that runs something', () => {
  const { container } = show(
    '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\nA <b onclick="x">b</b> [c](javascript:alert(1)) ![d](https://evil.example/x.png)\n',
  );
  expect(container.querySelectorAll('script, img, b, [onclick]')).toHaveLength(0);
  expect(screen.queryByRole('link')).toBeNull();
  expect(container.textContent).toContain('c');
});
