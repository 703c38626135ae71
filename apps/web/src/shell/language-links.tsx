'use client';

import { classNames } from '#ui/class-names.ts';
import { LOCALE_NAMES, LOCALES } from '#words/locale.ts';
import { useLocale, useWords } from '#words/use-words.ts';
import { useChooseLocale } from './use-choose-locale.ts';

/** The languages of the portal in one line, for those who have no account menu yet. */
export function LanguageLinks() {
  const words = useWords('shell');
  const chosen = useLocale();
  const choose = useChooseLocale();
  return (
    <nav aria-label={words('language')} className="flex justify-center gap-1">
      {LOCALE_NAMES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-current={locale === chosen ? 'true' : undefined}
          onClick={() => choose(locale)}
          className={classNames(
            'min-h-11 rounded-sm px-2 text-xs sm:min-h-8',
            locale === chosen ? 'font-medium text-ink' : 'text-quiet hover:text-ink hover:underline',
          )}
        >
          {LOCALES[locale]}
        </button>
      ))}
    </nav>
  );
}
