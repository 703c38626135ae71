import { readFile } from 'node:fs/promises';
import type { Platform } from '@footfall/core/platform';
import type { Locale } from '#words/locale.ts';

/** The folder of each language's pages; a test holds them together. */
const FOLDERS: Readonly<Record<Locale, URL>> = {
  en: new URL('../../../../docs/install/', import.meta.url),
  de: new URL('../../../../docs/de/install/', import.meta.url),
};

/** The steps of a system in a language, as Markdown. Not for pages and actions, which Next moves to another folder. */
export const readInstallSteps = (platform: Platform, locale: Locale): Promise<string> =>
  readFile(new URL(`${platform}.md`, FOLDERS[locale]), 'utf8');
