import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

/** The parts of a site's settings, by the end of their address, in the order of the menu. */
const SECTIONS = [
  { part: '', word: 'general' },
  { part: '/domains', word: 'domains' },
  { part: '/key', word: 'key' },
  { part: '/remove-events', word: 'removeEvents' },
  { part: '/visitor-data', word: 'visitorData' },
  { part: '/life', word: 'life' },
] as const;

type SettingsPart = (typeof SECTIONS)[number]['part'];

type Props = {
  siteId: string;
  /** The part that is shown. */
  part: SettingsPart;
  title: ReactNode;
  children: ReactNode;
};

/** A part of a site's settings, with the menu of all of them: at the side where there is room, a list above it on phones. */
export function SettingsFrame({ siteId, part, title, children }: Props) {
  const words = useWords('settingsMenu');
  return (
    <main className="mx-auto w-full max-w-page px-4 py-10 sm:px-6">
      <div className="mx-auto grid w-full max-w-text grid-cols-1 gap-6 lg:max-w-none lg:grid-cols-[12rem_minmax(0,40rem)] lg:justify-center lg:gap-8">
        <div className="lg:col-start-2">{title}</div>
        <nav aria-label={words('label')} className="lg:col-start-1 lg:row-start-2">
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface lg:sticky lg:top-20 lg:divide-y-0 lg:border-0 lg:bg-transparent">
            {SECTIONS.map(({ part: one, word }) => (
              <li key={one}>
                <Link
                  href={`/sites/${siteId}/settings${one}`}
                  aria-current={one === part ? 'page' : undefined}
                  className={classNames(
                    'flex min-h-11 items-center rounded-md px-3 hover:bg-sunken lg:min-h-9',
                    one === part ? 'font-medium text-ink' : 'text-quiet hover:text-ink',
                  )}
                >
                  {words(word)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="space-y-6 lg:col-start-2 lg:row-start-2">{children}</div>
      </div>
    </main>
  );
}
