'use client';

import { useEffect, useMemo, useState } from 'react';
import { toggleTheme } from '#theme/theme.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Key } from '#ui/key.tsx';
import { useWords } from '#words/use-words.ts';

/** A key and what it does here. */
export type Shortcut = { key: string; label: string; run: () => void };

const HELP_EVENT = 'footfall:help';

/** Opens the list of keys from anywhere. */
export const openHelp = (): void => {
  window.dispatchEvent(new Event(HELP_EVENT));
};

/** Whether a key press is meant for a field, a menu or a dialog rather than for the page. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target as HTMLElement;
  return target.closest('input, select, textarea, [contenteditable], [role="menu"], dialog[open]') !== null;
}

/** The keys of a page and those that every page has. */
function useShortcuts(own: readonly Shortcut[]): readonly Shortcut[] {
  const words = useWords('shell');
  return useMemo(
    () => [
      ...own,
      { key: 'd', label: words('lightOrDark'), run: toggleTheme },
      { key: '?', label: words('thisList'), run: openHelp },
    ],
    [own, words],
  );
}

const NONE: readonly Shortcut[] = [];

/** Listens for the page's keys and shows them on `?`. */
export function Shortcuts({ shortcuts: own = NONE }: { shortcuts?: readonly Shortcut[] }) {
  const words = useWords('shell');
  const shortcuts = useShortcuts(own);
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcuts.find(({ key }) => key === event.key);
      if (shortcut === undefined || isTaken(event)) return;
      event.preventDefault();
      shortcut.run();
    };
    const onHelp = () => setHelp(true);
    window.addEventListener('keydown', onKey);
    window.addEventListener(HELP_EVENT, onHelp);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(HELP_EVENT, onHelp);
    };
  }, [shortcuts]);
  return (
    <Dialog title={words('keyboard')} open={help} onClose={() => setHelp(false)}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
        {shortcuts.map(({ key, label }) => (
          <div key={key} className="contents">
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
