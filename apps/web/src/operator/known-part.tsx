import type { ReactNode } from 'react';
import { useWords } from '#words/use-words.ts';
import type { Known } from './health/known.ts';

/** What is known, or that it is not now and why. */
export function KnownPart<T>({ known, children }: { known: Known<T>; children: (value: T) => ReactNode }) {
  const words = useWords('staffLists');
  if (known.problem === null) return children(known.value as T);
  return (
    <p className="py-1 text-quiet">
      {words('notKnown')}{' '}
      <code lang="en" className="font-mono text-xs wrap-anywhere">
        {known.problem}
      </code>
    </p>
  );
}
