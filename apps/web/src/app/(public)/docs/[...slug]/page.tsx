import { notFound } from 'next/navigation';
import { docsFolder } from '#access/docs-folder.ts';
import { publicPage } from '#access/page.ts';
import { DocsFrame } from '#docs/docs-frame.tsx';
import { type DocsPage, docsLibrary } from '#docs/library.ts';
import { Markdown } from '#docs/markdown.tsx';
import { ClientWords } from '#words/client-words.tsx';

/** The page at a path: the table's own, or none. */
async function findPage(path: unknown): Promise<DocsPage | undefined> {
  const slug = [path].flat().join('/');
  return (await docsLibrary(docsFolder())).find((page) => page.slug === slug);
}

export async function generateMetadata({ params }: { params: Promise<{ slug: string[] }> }) {
  const page = await findPage((await params).slug);
  return page === undefined ? {} : { title: page.title };
}

/** A page of the documentation. It is English, whatever the language of the frame. */
export default publicPage('/docs/[...slug]', async ({ params }) => {
  const page = await findPage(params.slug);
  if (page === undefined) notFound();
  const { slug, title, body } = page;
  return (
    <ClientWords of={['docs']}>
      <DocsFrame library={await docsLibrary(docsFolder())} slug={slug}>
        <article lang="en">
          <h1 className="pb-4 text-xl font-semibold tracking-tight">{title}</h1>
          <Markdown slug={slug} tokens={body} />
        </article>
      </DocsFrame>
    </ClientWords>
  );
});
