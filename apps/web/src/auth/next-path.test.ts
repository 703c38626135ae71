import { describe, expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

describe('where signing in leads', () => {
  it.each(['/sites/site_1', '/sites/site_1?period=7d'])('back to %s', (path) =>
    expect(nextPath(path)).toBe(path),
  );

  it.each([undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', ['/a']])(
    'to the start, not to %j',
    (path) => expect(nextPath(path)).toBe('/'),
  );
});
