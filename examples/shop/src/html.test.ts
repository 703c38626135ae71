import { expect, test } from 'vitest';
import { html, json } from './html.ts';

test('values are escaped between tags and in attributes, HTML is left as it is', () => {
  const name = `<b>"Tom" & 'Ann'</b>`;
  expect(html`<p title="${name}">${html`<i>${name}</i>`}${[html`1`, html`2`]}${undefined}${3}</p>`.text).toBe(
    '<p title="&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;"><i>&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;</i>1\n23</p>',
  );
});

test('JSON in a script cannot end the script', () => {
  const text = json({ name: '</script><!--' }).text;
  expect(text).not.toContain('<');
  expect(JSON.parse(text)).toEqual({ name: '</script><!--' });
});
