/** The questions of the query benchmark: those of a dashboard over 90 days, without and with a filter. */

const FIGURES = ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration'];
const list = (dimension: string, more: object = {}) => ({
  metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate'],
  dimensions: [dimension],
  include: { total_rows: true },
  pagination: { limit: 100 },
  ...more,
});

export const UNFILTERED: Readonly<Record<string, object>> = {
  figures: { metrics: FIGURES },
  'by day': { metrics: FIGURES, dimensions: ['time:day'] },
  'by hour': { metrics: ['visitors', 'pageviews'], dimensions: ['time:hour'] },
  pages: list('event:page', { metrics: ['visitors', 'pageviews', 'bounce_rate', 'time_on_page'] }),
  'entry pages': list('visit:entry_page'),
  'exit pages': list('visit:exit_page'),
  sources: list('visit:source'),
  channels: list('visit:channel'),
  countries: list('visit:country'),
  devices: list('visit:device'),
  browsers: list('visit:browser'),
  revenue: {
    metrics: ['total_revenue', 'orders', 'average_revenue', 'net_revenue'],
    dimensions: ['time:week'],
  },
};

/** `source`, `country` and `page` are the most common of the data. */
export function filtered(common: { source: string; country: string; page: string }): Record<string, object> {
  const of = (dimension: string, value: string) => ({ filters: [['is', dimension, [value]]] });
  return {
    'figures of a country': { metrics: FIGURES, ...of('visit:country', common.country) },
    'days of phones': { metrics: FIGURES, dimensions: ['time:day'], ...of('visit:device', 'Mobile') },
    'pages of a source': list('event:page', of('visit:source', common.source)),
    'sources of a page': list('visit:source', of('event:page', common.page)),
    'countries of paths that hold a text': list('visit:country', {
      filters: [['contains', 'event:page', ['/p/1']]],
    }),
    'buyers by source': list('visit:source', { filters: [['has_done', ['is', 'event:name', ['purchase']]]] }),
  };
}
