import type { ReactNode } from 'react';
import { Shortcuts } from '#shell/shortcuts.tsx';

/** A page of the platform's staff under its bar. */
export function StaffMain({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <>
      <main className="mx-auto w-full max-w-page space-y-6 px-4 py-8 sm:px-6">
        <h1 className="text-lg font-semibold wrap-anywhere">{title}</h1>
        {children}
      </main>
      <Shortcuts />
    </>
  );
}
