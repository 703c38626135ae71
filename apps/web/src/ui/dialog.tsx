'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '#words/use-words.ts';
import { Button } from './button.tsx';

type DialogProps = { title: string; open: boolean; onClose: () => void; children: ReactNode };

/** A question in front of the page: the platform's own dialog, which keeps the focus inside and gives it back. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const words = useWords('ui');
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open) dialog?.showModal();
    else dialog?.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-black/40"
    >
      <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <Button variant="quiet" aria-label={words('close')} className="px-2.5" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </header>
      <div className="p-5">{open && children}</div>
    </dialog>
  );
}
