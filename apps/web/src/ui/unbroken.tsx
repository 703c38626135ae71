import type { ReactNode } from 'react';

/** A name that goes to the next line as a whole, hyphens or not; it breaks only where it is longer than a line. */
export function Unbroken({ children }: { children: ReactNode }) {
  return <span className="inline-block max-w-full wrap-anywhere">{children}</span>;
}
