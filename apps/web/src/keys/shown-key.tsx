'use client';

import { CopyButton } from '#ui/copy-button.tsx';
import { useWords } from '#words/use-words.ts';

/** A secret, the one time that it is shown. */
export function ShownKey({ apiKey }: { apiKey: string }) {
  const words = useWords('keys');
  return (
    <div role="status" className="space-y-3 rounded-md border border-line bg-sunken p-4">
      <p className="font-medium">{words('copyNow')}</p>
      <p className="font-mono text-xs wrap-anywhere">{apiKey}</p>
      <CopyButton text={apiKey} label={words('copy')} />
    </div>
  );
}
