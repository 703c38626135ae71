/** The files of a month, relative to the folder of files. */
export type MonthFiles = { facts: string; visits: string; rollUps: string };

/** A month's files and what they contain, by the number that {@link import('./file-formats.ts').FileFormats} knows. */
export type FormattedFiles = MonthFiles & { format: number };

/** Their columns in `month_file`, named as the type has them. */
export const MONTH_FILES = 'facts, visits, roll_ups AS "rollUps", format';
