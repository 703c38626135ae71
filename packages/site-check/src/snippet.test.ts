import { expect, test } from 'vitest';
import { hasSnippet } from './snippet.ts';

const KEY = 'ff_abc123';

test.each([
  `<html><head><script defer src="https://in.example/a.js" data-site="${KEY}"></script>`,
  `<SCRIPT DATA-SITE='${KEY}' src=a.js>`,
  `<script data-site=${KEY}>`,
  `<meta name="footfall-site" content="${KEY}">`,
  `<!-- comment --><style>a > b {}</style><p title="1 > 0">x</p><script data-site="${KEY}">`,
])('found in %s', (html) => {
  expect(hasSnippet(html, [KEY])).toBe(true);
});

test.each([
  ['another site', '<script data-site="ff_other"></script>'],
  ['a longer key', `<script data-site="${KEY}4">`],
  ['text', `<p>data-site="${KEY}"</p>`],
  ['escaped markup of a visitor', `<p>&lt;script data-site="${KEY}"&gt;</p>`],
  ['a comment', `<!-- <script data-site="${KEY}"></script> -->`],
  ['a script’s text', `<script>const review = '<script data-site=${KEY} >';</script>`],
  ['a text area', `<textarea><script data-site="${KEY}"></script></textarea>`],
  ['an attribute of something else', `<img alt="<script data-site=${KEY} >">`],
  ['another attribute', `<script title="data-site=${KEY}" not-data-site="${KEY}">`],
  ['the text of a meta element', `<meta property="og:title" content="x name=footfall-site content=${KEY} ">`],
  ['another meta', `<meta name="description" content="${KEY}">`],
  ['nothing', ''],
])('not found in %s', (_, html) => {
  expect(hasSnippet(html, [KEY])).toBe(false);
});

test.each(['<a "', '<script ', '<!--', '</', '<', '"', '<script data-site='])(
  'half a megabyte of %j is read in one pass',
  (part) => {
    const html = part.repeat(Math.ceil(524_288 / part.length));
    const begun = performance.now();
    expect(hasSnippet(html, [KEY])).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  },
);
