'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useId, useRef, useState } from 'react';
import { Key } from '#ui/key.tsx';
import { useWords } from '#words/use-words.ts';
import { findSections } from './find.ts';
import type { DocsSection } from './search-index.ts';

/** The index, asked for once and only when somebody searches. */
async function fetchIndex(): Promise<readonly DocsSection[]> {
  const response = await fetch('/docs/search.json');
  return response.ok ? ((await response.json()) as DocsSection[]) : [];
}

function useSlashKey(focus: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      const isTyping = (target as HTMLElement).closest('input, select, textarea, [contenteditable]') !== null;
      if (key !== '/' || isTyping || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [focus]);
}

/** Finds sections of the documentation by their words. */
export function DocsSearch() {
  const words = useWords('docs');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [index, setIndex] = useState<readonly DocsSection[] | null>(null);
  const [question, setQuestion] = useState('');
  const asked = useRef(false);
  useSlashKey(() => field.current?.focus());
  const load = async () => {
    if (asked.current) return;
    asked.current = true;
    // Offline, say: the next one who looks asks again.
    setIndex(
      await fetchIndex().catch(() => {
        asked.current = false;
        return null;
      }),
    );
  };
  const found = index === null ? [] : findSections(index, question);
  const close = () => setQuestion('');
  return (
    <search className="relative block">
      <label htmlFor={id} className="sr-only">
        {words('search')}
      </label>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-3.5 left-3 size-4 text-quiet sm:top-2.5"
      />
      <input
        ref={field}
        id={id}
        type="search"
        autoComplete="off"
        value={question}
        placeholder={words('search')}
        onFocus={() => void load()}
        onChange={({ target }) => setQuestion(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && close()}
        className="block min-h-11 w-full rounded-md border border-edge bg-surface pr-9 pl-9 text-base placeholder:text-quiet sm:min-h-9 sm:text-sm"
      />
      <span aria-hidden className="pointer-events-none absolute top-3 right-2.5 hidden sm:top-2 sm:block">
        <Key>/</Key>
      </span>
      <p role="status" className="sr-only">
        {question !== '' && index !== null && words('found', { count: found.length })}
      </p>
      {question !== '' && index !== null && (
        <ul className="absolute inset-x-0 top-full z-10 mt-1 max-h-96 min-w-72 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float">
          {found.length === 0 && <li className="px-3 py-2 text-quiet">{words('nothing')}</li>}
          {found.map(([address, page, heading, text]) => (
            <li key={address}>
              <Link
                href={`/docs/${address}`}
                prefetch={false}
                onClick={close}
                className="block rounded-md px-3 py-2 hover:bg-sunken"
              >
                <span className="font-medium">{heading === '' ? page : heading}</span>
                {heading !== '' && <span className="text-quiet"> · {page}</span>}
                <span className="line-clamp-2 text-xs text-quiet">{text}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
