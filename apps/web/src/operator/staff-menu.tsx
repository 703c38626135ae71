'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { MenuEntry } from '#access/menu.ts';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

/** The pages of the platform's staff, in the bar over them. */
export function StaffMenu({ entries }: { entries: readonly MenuEntry[] }) {
  const words = useWords('shell');
  const path = usePathname();
  return (
    <nav aria-label={words('platform')} className="flex min-w-0 flex-wrap gap-1 max-sm:-mx-2">
      {entries.map(({ address, word }) => {
        const isHere = path === address || path.startsWith(`${address}/`);
        return (
          <Link
            key={address}
            href={address}
            aria-current={isHere ? 'page' : undefined}
            className={classNames(
              'inline-flex min-h-11 items-center rounded-md px-3 font-medium sm:min-h-9',
              isHere ? 'bg-sunken text-ink' : 'text-quiet hover:bg-sunken hover:text-ink',
            )}
          >
            {words(word)}
          </Link>
        );
      })}
    </nav>
  );
}
