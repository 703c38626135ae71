import { expect, it } from 'vitest';
import { readProps } from './props-text.ts';

it.each<[string, Record<string, string>]>([
  ['', {}],
  ['\n  \n', {}],
  ['plan = pro', { plan: 'pro' }],
  ['plan=pro\r\n size = a = b ', { plan: 'pro', size: 'a = b' }],
  ['empty =', { empty: '' }],
  // Without a name, which is refused where goals are kept.
  ['plan', { '': 'plan' }],
])('%j is read as %j', (text, props) => {
  expect(readProps(text)).toEqual(props);
});
