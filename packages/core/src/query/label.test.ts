import { expect, test } from 'vitest';
import { labelBuckets, labelKey } from './label.ts';
import { buildQuery } from './query.fixture.ts';

const HOUR = String(Date.parse('2026-01-07T04:15:00Z'));
const hours = buildQuery({ dimensions: ['time:hour', 'visit:source'] }, { timezone: 'Asia/Kathmandu' });

test('an hour is the site’s local time, with its offset or as Plausible writes it; a text stays as it is', () => {
  expect(labelKey([HOUR, '1767759300000'], hours, 'footfall')).toEqual([
    '2026-01-07T10:00:00+05:45',
    '1767759300000',
  ]);
  expect(labelKey([HOUR, 'Google'], hours, 'plausible')).toEqual(['2026-01-07 10:00:00', 'Google']);
});

test('a day is its own label', () => {
  const days = buildQuery({ dimensions: ['time:day'] });
  expect(labelKey(['2026-01-07'], days, 'plausible')).toEqual(['2026-01-07']);
});

test('buckets have labels when the query has a dimension of time', () => {
  expect(labelBuckets([HOUR], hours, 'footfall')).toEqual(['2026-01-07T10:00:00+05:45']);
  expect(labelBuckets([], buildQuery({ dimensions: ['visit:source'] }), 'footfall')).toBeNull();
});
