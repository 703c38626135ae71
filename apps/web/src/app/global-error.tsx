'use client';

import './globals.css';
import { useEffect, useState } from 'react';
import type { CompiledWords } from '#words/compiled-words.ts';
import failed from '#words/failed-compiled.json';
import { chosenLocale, type Locale } from '#words/locale.ts';
import { WordsProvider } from '#words/words-provider.tsx';
import ErrorPage from './error.tsx';

// The frame that would have handed the words over is what failed. Only this page carries both languages.
const MESSAGES = failed as unknown as Record<Locale, CompiledWords>;

/** As the error page, where even the frame of all pages failed. */
export default function GlobalError(props: Parameters<typeof ErrorPage>[0]) {
  const [locale, setLocale] = useState<Locale>('en');
  useEffect(() => setLocale(chosenLocale(undefined, navigator.languages.join(','))), []);
  return (
    <html lang={locale}>
      <body>
        <WordsProvider locale={locale} messages={{ failed: MESSAGES[locale] }}>
          <ErrorPage {...props} />
        </WordsProvider>
      </body>
    </html>
  );
}
