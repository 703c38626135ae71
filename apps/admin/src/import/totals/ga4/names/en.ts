import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in English. */
export const EN: Ga4Names = {
  name: 'English',
  decimal: '.',
  total: 'Grand total | Totals | Total',
  unset: '(not set) | (none) | (not provided) | (data not available)',
  date: 'Date',
  nthDay: 'Nth day',
  otherTime:
    'Hour | Nth hour | Minute | Nth minute | Date + hour (YYYYMMDDHH) | Date hour and minute | Day | Day of week | Day of week name | Week | Nth week | ISO week | ISO year | ISO week of ISO year | Month | Nth month | Year month | Year | Nth year',
  source: 'Session source | Source | Session manual source',
  medium: 'Session medium | Medium | Session manual medium',
  sourceMedium: 'Session source/medium | Source/medium | Session manual source/medium',
  campaign: 'Session campaign | Campaign | Session manual campaign name | Session campaign name',
  term: 'Session manual term | Manual term',
  content: 'Session manual ad content | Manual ad content',
  channel:
    'Session primary channel group (Default channel group) | Session primary channel group | Session default channel group | Session default channel grouping | Default channel group',
  page: 'Page path and screen class | Page path | Page path + query string',
  landingPage: 'Landing page | Landing page + query string',
  hostname: 'Hostname | Host name',
  eventName: 'Event name',
  country: 'Country | Country ID',
  region: 'Region',
  city: 'City',
  language: 'Language | Language code',
  browser: 'Browser',
  system: 'Operating system',
  device: 'Device category',
  totalUsers: 'Total users | Users',
  activeUsers: 'Active users',
  sessions: 'Sessions',
  engagedSessions: 'Engaged sessions',
  engagementRate: 'Engagement rate',
  bounceRate: 'Bounce rate',
  duration: 'Average session duration',
  views: 'Views | Screen page views | Pageviews',
  events: 'Event count',
  leftOut:
    'New users | Returning users | User engagement | Average engagement time | Average engagement time per session | Average engagement time per active user | Average engagement time per user | Engaged sessions per active user | Engaged sessions per user | Sessions per active user | Sessions per user | Views per active user | Views per user | Views per session | Events per session | Event count per active user | Event count per user | Event value | Key events | Session key event rate | User key event rate | Conversions | Session conversion rate | User conversion rate | Total revenue | Purchase revenue | Ecommerce revenue | Ecommerce purchases | Transactions | Total purchasers | Add to carts | Checkouts | Entrances | Exits',
};
