import { seal } from '@footfall/db/sealed';
import { expect, test } from 'vitest';
import { openBody, sealBody } from './body.ts';

const SECRET = 's'.repeat(40);
const BODY = { html: '<p>Grüße</p>', text: 'Grüße' };

test('a body comes back as it was sealed, with the same secret alone', () => {
  const sealed = sealBody(BODY, SECRET);
  expect(sealed.toString('latin1')).not.toContain('<p>');
  expect(openBody(sealed, SECRET)).toEqual(BODY);
  expect(() => openBody(sealed, 't'.repeat(40))).toThrow();
});

test.each(['{}', '{"html":"a"}', '{"html":"a","text":1}'])(
  'what does not say what a mail does is none: %s',
  (text) => {
    expect(() => openBody(seal(text, 'mail', SECRET), SECRET)).toThrow('a mail has HTML and text');
  },
);
