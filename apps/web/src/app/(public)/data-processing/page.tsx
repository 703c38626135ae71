import { publicPage } from '#access/page.ts';
import { LanguageLinks } from '#shell/language-links.tsx';
import { Logo } from '#ui/logo.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('dataProcessing');

/** What is known of visitors, in this order. */
const SECTIONS = ['stored', 'visitors', 'salts', 'stated', 'addresses', 'kept', 'access'] as const;

/** What is done with data of visitors, for whoever must say so or wants to know. */
export default publicPage('/data-processing', async () => {
  const words = await readerWords('dataProcessing');
  return (
    <main className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6">
      <header className="flex items-center justify-between py-4">
        <Logo />
        <LanguageLinks />
      </header>
      <div className="max-w-text space-y-6 py-8">
        <h1 className="text-lg font-semibold">{words('title')}</h1>
        <p className="text-quiet">{words('intro')}</p>
        {SECTIONS.map((section) => (
          <section key={section} aria-labelledby={section} className="space-y-1">
            <h2 id={section} className="font-semibold">
              {words(`sections.${section}.title`)}
            </h2>
            <p>{words(`sections.${section}.text`)}</p>
          </section>
        ))}
        <p>
          <TextLink href="/">{words('home')}</TextLink>
        </p>
      </div>
    </main>
  );
});
