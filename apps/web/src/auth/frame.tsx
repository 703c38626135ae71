import Link from 'next/link';
import type { ReactNode } from 'react';
import { LanguageLinks } from '#shell/language-links.tsx';
import { Logo } from '#ui/logo.tsx';
import { Panel } from '#ui/panel.tsx';

type FrameProps = { title: string; children: ReactNode; footer: ReactNode };

/** The page around the forms of somebody who is not signed in. */
export function AuthFrame({ title, children, footer }: FrameProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-form flex-col justify-center gap-6 px-4 py-12">
      <Link href="/" className="self-center rounded-sm">
        <Logo />
      </Link>
      <Panel className="p-6">
        <h1 className="pb-5 text-lg font-semibold">{title}</h1>
        {children}
      </Panel>
      <p className="text-center text-quiet">{footer}</p>
      <LanguageLinks />
    </main>
  );
}
