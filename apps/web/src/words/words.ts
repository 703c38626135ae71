import type { useTranslations } from 'use-intl';
import { createTranslator } from 'use-intl/core';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import failed from './failed.json' with { type: 'json' };
import type { Locale } from './locale.ts';

/**
 * All words of the portal, by namespace and key; English has the keys that exist. Those of the error page have a file of their own,
 * since the page that stands where even the frame failed carries both languages into the browser.
 */
export type Messages = typeof en & { failed: typeof failed.en };

export type Namespace = keyof Messages & string;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** Says a word of a namespace by its key, with the values that it names. */
export type Words<N extends Namespace> = ReturnType<typeof useTranslations<N>>;

export const MESSAGES: Readonly<Record<Locale, Messages>> = {
  en: { ...en, failed: failed.en },
  de: { ...de, failed: failed.de },
};

/** The words of a namespace in a language, for the server. */
export function wordsIn<N extends Namespace>(locale: Locale, namespace: N): Words<N> {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace }) as unknown as Words<N>;
}
