/** Columns of GA4's tables that are read, or known and left out. What each becomes stands in report.ts. */
export type Ga4Column =
  | 'date'
  | 'nthDay'
  | 'otherTime'
  | 'source'
  | 'medium'
  | 'sourceMedium'
  | 'campaign'
  | 'term'
  | 'content'
  | 'channel'
  | 'page'
  | 'landingPage'
  | 'hostname'
  | 'eventName'
  | 'country'
  | 'region'
  | 'city'
  | 'language'
  | 'browser'
  | 'system'
  | 'device'
  | 'totalUsers'
  | 'activeUsers'
  | 'sessions'
  | 'engagedSessions'
  | 'engagementRate'
  | 'bounceRate'
  | 'duration'
  | 'views'
  | 'events'
  | 'leftOut';

/** What GA4 writes in one language: its columns, the row that sums a table up, and what it has for an unknown value; `|` parts spellings. */
export type Ga4Names = Readonly<Record<Ga4Column | 'total' | 'unset', string>> & {
  name: string;
  /** Of numbers that are written for people: `1.234,5`, `1 234,5`. Exports as they come have a point in all languages. */
  decimal: '.' | ',';
};
