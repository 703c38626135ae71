'use client';

import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** One line that says what went wrong; it takes the focus, so that nobody misses it. */
export function ErrorNotice({ message }: { message: string }) {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => ref.current?.focus(), [message]);
  return (
    <p
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="flex gap-2 rounded-md border border-worse bg-surface px-3 py-2 text-worse"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {message}
    </p>
  );
}
