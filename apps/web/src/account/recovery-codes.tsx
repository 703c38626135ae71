'use client';

import { CopyButton } from '#ui/copy-button.tsx';
import { useWords } from '#words/use-words.ts';

/** Recovery codes, once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const words = useWords('secondFactor');
  return (
    <div role="status" className="space-y-3 rounded-md border border-line bg-sunken p-4">
      <p className="font-medium">{words('codesNow')}</p>
      <ul aria-label={words('codes')} className="grid gap-x-6 gap-y-1 font-mono text-xs sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} label={words('copyCodes')} />
    </div>
  );
}
