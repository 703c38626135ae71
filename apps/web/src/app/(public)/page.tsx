import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { type Account, type Member, memberMay, staffMay } from '#access/session.ts';
import { LanguageLinks } from '#shell/language-links.tsx';
import { readableSites } from '#sites/site-label.ts';
import { ButtonLink } from '#ui/button.tsx';
import { Logo } from '#ui/logo.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { readerWords } from '#words/reader.ts';

const FACTS = ['exact', 'private', 'yours'] as const;

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

/** Whoever is signed in goes on to a site; others read what this is. */
export default publicPage('/', async ({ account, member }) => {
  if (account !== null) redirect(await startFor(account, member));
  const words = await readerWords('start');
  return (
    <main className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6">
      <header className="flex items-center justify-between py-4">
        <Logo />
        <div className="flex items-center gap-2">
          <LanguageLinks />
          <ButtonLink href="/sign-in" variant="quiet">
            {words('signIn')}
          </ButtonLink>
        </div>
      </header>
      <div className="flex max-w-text flex-1 flex-col justify-center gap-5 py-16">
        <h1 className="text-xl font-semibold tracking-tight text-balance sm:text-2xl">{words('headline')}</h1>
        <p className="text-base text-quiet">{words('text')}</p>
        <div className="flex flex-wrap gap-3 pt-2">
          <ButtonLink href="/sign-up" variant="primary">
            {words('createAccount')}
          </ButtonLink>
          <ButtonLink href="/sign-in">{words('signIn')}</ButtonLink>
        </div>
      </div>
      <dl className="grid gap-6 border-t border-line py-8 sm:grid-cols-3">
        {FACTS.map((fact) => (
          <div key={fact}>
            <dt className="font-semibold">{words(`facts.${fact}.term`)}</dt>
            <dd className="pt-1 text-quiet">{words(`facts.${fact}.text`)}</dd>
          </div>
        ))}
      </dl>
      <footer className="border-t border-line py-6">
        <TextLink href="/data-processing">{words('dataProcessing')}</TextLink>
      </footer>
    </main>
  );
});
