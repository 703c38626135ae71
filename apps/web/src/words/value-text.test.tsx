import type { DimensionName } from '@footfall/core/dimension';
import { NONE } from '@footfall/core/dimension';
import { DIRECT } from '@footfall/core/source';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from './locale.ts';
import { useValueText } from './value-text.ts';

function Value({ dimension, value }: { dimension: DimensionName; value: string }) {
  return <p>{useValueText()(dimension, value)}</p>;
}

function said(dimension: DimensionName, value: string, locale: Locale) {
  const { container, unmount } = renderScreen(<Value dimension={dimension} value={value} />, { locale });
  const text = container.textContent;
  unmount();
  return text;
}

describe('a value of the data on screen', () => {
  it.each<[DimensionName, string, string, string]>([
    ['visit:country', 'DE', 'Germany', 'Deutschland'],
    ['visit:country', NONE, 'Unknown', 'Unbekannt'],
    ['visit:language', 'pt-BR', 'Brazilian Portuguese', 'Portugiesisch (Brasilien)'],
    ['visit:device', 'Mobile', 'Mobile', 'Smartphone'],
    ['visit:channel', 'Organic Search', 'Organic search', 'Suche'],
  ])('of %s %s is %s, in German %s', (dimension, value, english, german) => {
    expect(said(dimension, value, 'en')).toBe(english);
    expect(said(dimension, value, 'de')).toBe(german);
  });

  it.each<[DimensionName, string]>([
    ['event:page', '/grüße'],
    ['visit:source', 'Google'],
    ['visit:browser', 'Firefox'],
    ['visit:utm_campaign', 'Mobile'],
    // Imported history names channels of its own.
    ['visit:channel', 'Letters by post'],
    ['visit:channel', 'a.b'],
    ['visit:channel', 'constructor'],
    ['visit:device', 'toString'],
    ['visit:device', ''],
    ['visit:country', 'Atlantis'],
  ])('of %s %j stands for itself', (dimension, value) => {
    expect([said(dimension, value, 'en'), said(dimension, value, 'de')]).toEqual([value, value]);
  });

  it.each<DimensionName>([
    'visit:utm_campaign',
    'event:page',
    'visit:browser',
    'visit:channel',
    'visit:language',
  ])('of %s that is not there has a word', (dimension) => expect(said(dimension, NONE, 'en')).toBe('None'));

  it('of a visit without a source is said in words', () => {
    expect(said('visit:source', DIRECT, 'en')).toBe('Direct / None');
    expect(said('visit:source', DIRECT, 'de')).toBe('Direkt');
  });
});
