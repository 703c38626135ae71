import Link from 'next/link';
import type { ReactNode } from 'react';
import { LanguageLinks } from '#shell/language-links.tsx';
import { classNames } from '#ui/class-names.ts';
import { Logo } from '#ui/logo.tsx';
import { useWords } from '#words/use-words.ts';
import { DocsSearch } from './docs-search.tsx';
import type { DocsLibrary } from './library.ts';
import { DOCS_GROUPS } from './table.ts';

type Props = {
  library: DocsLibrary;
  /** The page that is open. */
  slug: string | null;
  children: ReactNode;
};

function Pages({ library, slug }: Omit<Props, 'children'>) {
  const words = useWords('docs');
  return DOCS_GROUPS.map((group) => (
    <div key={group}>
      <p className="pb-1 font-semibold">{words(`groups.${group}`)}</p>
      <ul>
        {library
          .filter((page) => page.group === group)
          .map((page) => (
            <li key={page.slug}>
              <Link
                href={`/docs/${page.slug}`}
                prefetch={false}
                aria-current={page.slug === slug ? 'page' : undefined}
                className={classNames(
                  'flex min-h-11 items-center rounded-sm sm:min-h-8',
                  page.slug === slug ? 'font-medium text-accent' : 'text-quiet hover:text-ink',
                )}
              >
                {page.title}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  ));
}

/** The bar, the search and the list of pages around a page of the documentation. */
export function DocsFrame({ library, slug, children }: Props) {
  const words = useWords('docs');
  return (
    <div className="mx-auto max-w-page px-4 sm:px-6">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-3">
        <Link href="/" className="inline-flex min-h-11 items-center rounded-sm sm:min-h-9">
          <Logo />
        </Link>
        <Link href="/docs" className="rounded-sm font-medium">
          {words('title')}
        </Link>
        <div className="w-full sm:ml-auto sm:w-72">
          <DocsSearch />
        </div>
      </header>
      <div className="gap-10 py-8 md:grid md:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label={words('pages')} className="hidden space-y-5 md:block">
          <Pages library={library} slug={slug} />
        </nav>
        <details className="pb-6 md:hidden">
          <summary className="min-h-11 rounded-sm py-2.5 font-medium">{words('pages')}</summary>
          <nav aria-label={words('pages')} className="space-y-5 pt-2">
            <Pages library={library} slug={slug} />
          </nav>
        </details>
        <main className="max-w-text min-w-0 pb-16">{children}</main>
      </div>
      <footer className="border-t border-line py-6">
        <LanguageLinks />
      </footer>
    </div>
  );
}
