import type { Locale } from '#words/locale.ts';
import { useLocale } from '#words/use-words.ts';
import { datesIn } from './date.ts';
import { namesIn } from './names.ts';
import { numbersIn } from './number.ts';

/** Numbers, days and names as readers of a language write them. */
export type Formats = ReturnType<typeof make>;

const make = (locale: Locale) => ({ ...numbersIn(locale), ...datesIn(locale), ...namesIn(locale) });

// Intl's formatters cost more to make than to use.
const made = new Map<Locale, Formats>();

/** The formats of a language. */
export function formatsIn(locale: Locale): Formats {
  const formats = made.get(locale) ?? make(locale);
  made.set(locale, formats);
  return formats;
}

/** The formats of the reader's language. */
export const useFormats = (): Formats => formatsIn(useLocale());
