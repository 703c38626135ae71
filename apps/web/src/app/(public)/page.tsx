import { cookies } from 'next/headers';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { findPublicReader } from '#access/public-site.ts';
import { type Account, type Member, memberMay, staffMay } from '#access/session.ts';
import { LanguageLinks } from '#shell/language-links.tsx';
import { readableSites } from '#sites/site-label.ts';
import { ProductPicture } from '#start/product-picture.tsx';
import { parseTheme, THEME_COOKIE } from '#theme/theme.ts';
import { ButtonLink } from '#ui/button.tsx';
import { Logo } from '#ui/logo.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { readerWords } from '#words/reader.ts';

const FACTS = ['exact', 'private', 'yours'] as const;
const STEPS = ['add', 'paste', 'look'] as const;
const KEPT = ['cookies', 'address', 'days'] as const;

/** Where somebody who is signed in begins: staff at what they look after, or at the first site of the tenant that they visit; others at their first site, by adding one, or at what they may open. */
async function startFor(account: Account, member: Member | null): Promise<string> {
  const [site] = member === null ? [] : await readableSites(member);
  if (site !== undefined) return `/sites/${site.id}`;
  if (staffMay(account, 'platform.operate')) return '/operator/tenants';
  if (staffMay(account, 'platform.bill')) return '/operator/plans';
  if (member === null) return account.deleting.length > 0 ? '/team/deleted' : '/account';
  if (memberMay(member, 'site.create')) return '/sites/new';
  return memberMay(member, 'billing.manage') ? '/billing' : '/account';
}

/** Whoever is signed in goes on to a site; others see what this is. */
export default publicPage('/', async ({ account, member }) => {
  if (account !== null) redirect(await startFor(account, member));
  const words = await readerWords('start');
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const hasDemo = (await findPublicReader('/demo')) !== null;
  const picture = <ProductPicture theme={theme} alt={words('picture')} />;
  return (
    <div className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-x-4 py-4">
        <Logo />
        <nav aria-label={words('menu')} className="flex items-center gap-1">
          {/* On a phone they are below: in the text, and at the end. */}
          <span className="hidden sm:contents">
            {hasDemo && (
              <ButtonLink href="/demo" variant="quiet">
                {words('demo')}
              </ButtonLink>
            )}
            <ButtonLink href="/docs" variant="quiet">
              {words('docs')}
            </ButtonLink>
          </span>
          <ButtonLink href="/sign-in" variant="quiet">
            {words('signIn')}
          </ButtonLink>
        </nav>
      </header>
      <main className="flex-1">
        <div className="flex max-w-text flex-col gap-5 pt-12 pb-10 sm:pt-20 sm:pb-14">
          <h1 className="text-xl font-semibold tracking-tight text-balance sm:text-2xl">
            {words('headline')}
          </h1>
          <p className="text-base text-quiet text-pretty">{words('text')}</p>
          <div className="flex flex-wrap gap-3 pt-2">
            <ButtonLink href="/sign-up" variant="primary">
              {words('createAccount')}
            </ButtonLink>
            {hasDemo && <ButtonLink href="/demo">{words('seeDemo')}</ButtonLink>}
          </div>
        </div>
        {hasDemo ? (
          <Link href="/demo" className="block rounded-lg">
            {picture}
          </Link>
        ) : (
          picture
        )}
        <dl className="grid gap-x-10 gap-y-6 py-14 sm:grid-cols-3 sm:py-20">
          {FACTS.map((fact) => (
            <div key={fact}>
              <dt className="font-semibold">{words(`facts.${fact}.term`)}</dt>
              <dd className="pt-1 text-quiet">{words(`facts.${fact}.text`)}</dd>
            </div>
          ))}
        </dl>
        <section aria-labelledby="steps" className="border-t border-line py-14 sm:py-20">
          <h2 id="steps" className="text-lg font-semibold">
            {words('stepsTitle')}
          </h2>
          <ol className="grid gap-x-10 gap-y-6 pt-6 sm:grid-cols-3">
            {STEPS.map((step, index) => (
              <li key={step}>
                <p className="text-quiet tabular-nums" aria-hidden>
                  {index + 1}
                </p>
                <h3 className="pt-1 font-semibold">{words(`steps.${step}.title`)}</h3>
                <p className="pt-1 text-quiet">{words(`steps.${step}.text`)}</p>
              </li>
            ))}
          </ol>
        </section>
        <div className="grid gap-x-10 gap-y-14 border-t border-line py-14 sm:grid-cols-2 sm:py-20">
          <section aria-labelledby="kept">
            <h2 id="kept" className="text-lg font-semibold">
              {words('keptTitle')}
            </h2>
            <ul className="space-y-3 pt-4">
              {KEPT.map((kept) => (
                <li key={kept}>{words(`kept.${kept}`)}</li>
              ))}
            </ul>
            <p className="pt-4">
              <TextLink href="/data-processing">{words('dataProcessing')}</TextLink>
            </p>
          </section>
          <section aria-labelledby="cost">
            <h2 id="cost" className="text-lg font-semibold">
              {words('costTitle')}
            </h2>
            <p className="pt-4">{words('cost')}</p>
            <p className="pt-3 text-quiet">{words('costLicence')}</p>
          </section>
        </div>
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-6">
        <p className="text-quiet">{words('foot')}</p>
        <p>
          <TextLink href="/docs">{words('docs')}</TextLink>
        </p>
        <LanguageLinks />
      </footer>
    </div>
  );
});
