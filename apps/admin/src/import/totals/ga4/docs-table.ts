import { GA4_LANGUAGES, spellings } from './languages.ts';
import type { Ga4Column, Ga4Names } from './names.ts';
import { DIMENSIONS, TAKEN_COUNTS } from './report.ts';

/** docs/import-ga4.md, whose list of columns is made of those that are read. */
export const GA4_DOCS = new URL('../../../../../../docs/import-ga4.md', import.meta.url);

const SECTION = /(<!-- columns -->\n)[\s\S]*?(<!-- \/columns -->)/;

/** What each column is taken for. */
const MEANINGS: Readonly<Record<Ga4Column, string>> = {
  date: 'the day',
  nthDay: 'the day, counted from the first of the report',
  ...(Object.fromEntries(
    Object.entries(DIMENSIONS).map(([column, rules]) => [
      column,
      rules.map(({ dimension }) => `\`${dimension}\``).join(', '),
    ]),
  ) as Record<keyof typeof DIMENSIONS, string>),
  ...TAKEN_COUNTS,
  otherTime: 'no days: a table with it is left out',
  leftOut: 'known, and left out',
};

function section({ name, ...names }: Ga4Names): string {
  const rows = Object.entries(MEANINGS).map(([column, meaning]) => {
    const known = spellings(names[column as Ga4Column]).join(' · ');
    return `| ${meaning} | ${known} |`;
  });
  return [`### ${name}`, '', '| taken for | columns |', '| --- | --- |', ...rows].join('\n');
}

/** The page with its list as the code has it. */
export function withColumns(page: string): string {
  const sections = Object.values(GA4_LANGUAGES).map(section).join('\n\n');
  return page.replace(SECTION, (_, before: string, after: string) => `${before}\n${sections}\n\n${after}`);
}
