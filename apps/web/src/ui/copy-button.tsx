'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '#words/use-words.ts';
import { Button } from './button.tsx';

const SHOWN_MS = 2_000;

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const words = useWords('ui');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{copied ? words('copied') : label}</span>
    </Button>
  );
}
