import type { ReactNode } from 'react';
import { Logo } from '#ui/logo.tsx';
import { LanguageLinks } from './language-links.tsx';

/** A page that everyone may read, under its bar; printed without the bar. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6 print:px-0">
      <header className="flex items-center justify-between py-4 print:hidden">
        <Logo />
        <LanguageLinks />
      </header>
      {children}
    </main>
  );
}
