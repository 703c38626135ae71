'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { IntlProvider } from 'use-intl';
import type { Locale } from './locale.ts';
import type { Messages } from './words.ts';

const Given = createContext<Partial<Messages>>({});

export type WordsProviderProps = { locale: Locale; messages: Partial<Messages>; children: ReactNode };

/** Gives words to the components of the browser below, on top of those that they have from above. */
export function WordsProvider({ locale, messages, children }: WordsProviderProps) {
  const above = useContext(Given);
  const all = useMemo(() => ({ ...above, ...messages }), [above, messages]);
  return (
    <Given value={all}>
      {/* Dates are written by format/, in the zone of the site; without a zone here use-intl would warn of it. */}
      <IntlProvider locale={locale} messages={all as Messages} timeZone="UTC">
        {children}
      </IntlProvider>
    </Given>
  );
}
