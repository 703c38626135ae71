import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#ui/logo.tsx';

/** The page around the forms of somebody who is not signed in. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-form flex-col justify-center gap-6 px-4 py-12">
      <Link href="/" className="self-center rounded-sm">
        <Logo />
      </Link>
      {children}
    </main>
  );
}
