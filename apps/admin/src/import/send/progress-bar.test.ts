import { expect, test } from 'vitest';
import { barText, progressBar } from './progress-bar.ts';

test.each([
  [{ read: 0, size: 200, accepted: 0 }, 0, '░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0 events'],
  [
    { read: 50, size: 200, accepted: 12_345 },
    10,
    '████████░░░░░░░░░░░░░░░░░░░░░░  25 %  12,345 events, 0:30 left',
  ],
  [{ read: 200, size: 200, accepted: 1 }, 10, '██████████████████████████████ 100 %  1 events'],
  [{ read: 0, size: 0, accepted: 0 }, 0, '██████████████████████████████ 100 %  0 events'],
])('%j after %d s', (howFar, seconds, text) => {
  expect(barText(howFar, seconds)).toBe(text);
});

test('a terminal is drawn over and left as it was; lines stand above the bar', () => {
  const pieces: string[] = [];
  let time = 0;
  const bar = progressBar({ isTTY: true, write: (text) => pieces.push(String(text)) > 0 }, () => time);
  bar.show({ read: 1, size: 2, accepted: 1 });
  bar.show({ read: 1, size: 2, accepted: 2 });
  time = 200;
  bar.show({ read: 2, size: 2, accepted: 3 });
  bar.say('wait');
  bar.end();
  const drawn = pieces.join('').split('\r\u001b[2K');
  expect(drawn.map((text) => text.split('\n').length)).toEqual([1, 1, 1, 2, 1]);
  expect(drawn[1]).toContain('1 events');
  expect(drawn[2]).toContain('3 events');
  expect(drawn[3]).toMatch(/^wait\n.*3 events/);
  expect(drawn.at(-1)).toBe('');
});
