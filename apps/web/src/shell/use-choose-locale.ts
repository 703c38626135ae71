import { useRouter } from 'next/navigation';
import { type Locale, rememberLocale } from '#words/locale.ts';

/** Chooses the language of this reader: remembered in the browser, and the page turns to it at once. */
export function useChooseLocale(): (locale: Locale) => void {
  const router = useRouter();
  return (locale) => {
    rememberLocale(locale);
    router.refresh();
  };
}
