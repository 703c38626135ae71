import { describe, expect, it } from 'vitest';
import { readDraft } from './plan-fields.ts';

const choices = { features: ['sso', 'dashboards', 'teleport'], isPublic: true };

describe('a form of a plan', () => {
  it('is read as people write: numbers with groups, amounts in the smallest unit, nothing as no limit and no price', () => {
    const texts = {
      title: 'Growth',
      events_per_month: '100,000',
      sites: ' 3 ',
      members: '',
      currency1: 'EUR',
      month1: '9,90',
      year1: '1.234',
      currency2: 'JPY',
      month2: '¥1,500',
      currency3: 'USD',
    };
    expect(readDraft(texts, choices)).toMatchObject({
      title: 'Growth',
      description: '',
      isPublic: true,
      limits: { events_per_month: 100_000, sites: 3, members: null, queries_per_hour: null },
      features: ['dashboards', 'sso'],
      prices: [
        { currency: 'EUR', interval: 'month', amount: 990 },
        { currency: 'EUR', interval: 'year', amount: 123_400 },
        { currency: 'JPY', interval: 'month', amount: 1_500 },
      ],
    });
  });

  it.each([
    [{ sites: 'three' }, 'sites', 'number'],
    [{ sites: '1.5' }, 'sites', 'number'],
    [{ currency1: 'EUR', month1: '9.999,9.9' }, 'month1', 'price'],
    [{ currency2: 'JPY', year2: '9.5' }, 'year2', 'price'],
    [{ currency1: '', month1: '9' }, 'month1', 'price'],
    [{ currency1: 'HUF', month1: '9' }, 'month1', 'price'],
  ])('with %j says what is wrong at %s', (texts, where, rule) => {
    expect(() => readDraft(texts as Record<string, string>, choices)).toThrow(
      expect.objectContaining({ code: 'invalid_draft', where, values: { rule, most: 0 } }),
    );
  });
});
