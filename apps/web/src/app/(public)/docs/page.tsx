import Link from 'next/link';
import { docsFolder } from '#access/docs-folder.ts';
import { publicPage } from '#access/page.ts';
import { DocsFrame } from '#docs/docs-frame.tsx';
import { docsLibrary } from '#docs/library.ts';
import { DOCS_GROUPS } from '#docs/table.ts';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('docs');

/** What there is to read. */
export default publicPage('/docs', async () => {
  const library = await docsLibrary(docsFolder());
  const words = await readerWords('docs');
  return (
    <ClientWords of={['docs']}>
      <DocsFrame library={library} slug={null}>
        <h1 className="text-xl font-semibold tracking-tight">{words('title')}</h1>
        <p className="pt-2 text-quiet">{words('intro')}</p>
        <div className="grid gap-8 pt-8 sm:grid-cols-2">
          {DOCS_GROUPS.map((group) => (
            <section key={group} aria-labelledby={group}>
              <h2 id={group} className="pb-1 font-semibold">
                {words(`groups.${group}`)}
              </h2>
              <ul>
                {library
                  .filter((page) => page.group === group)
                  .map(({ slug, title }) => (
                    <li key={slug}>
                      <Link
                        href={`/docs/${slug}`}
                        prefetch={false}
                        className="inline-flex min-h-11 items-center rounded-sm text-accent hover:underline sm:min-h-8"
                      >
                        {title}
                      </Link>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </div>
      </DocsFrame>
    </ClientWords>
  );
});
