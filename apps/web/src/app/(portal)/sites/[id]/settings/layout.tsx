import type { ReactNode } from 'react';
import { currentMember } from '#access/session.ts';
import { readerWords } from '#words/reader.ts';

/** Around what is set of a site: whoever only visits the tenant sees all of it, and can press nothing. Actions refuse them, too. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const member = await currentMember();
  if (member === null || member.visit === null) return children;
  const words = await readerWords('settings');
  return (
    <>
      <section
        aria-label={words('lookOnlyTitle')}
        className="mx-auto w-full max-w-text px-4 pt-6 text-quiet sm:px-6"
      >
        {words('lookOnly')}
      </section>
      <fieldset disabled className="contents">
        {children}
      </fieldset>
    </>
  );
}
