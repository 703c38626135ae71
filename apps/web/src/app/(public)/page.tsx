import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { ButtonLink } from '#ui/button.tsx';
import { Logo } from '#ui/logo.tsx';

const FACTS = [
  ['Exact', 'Every event is counted once, and the ledger shows what became of each one.'],
  ['Private', 'No cookies, no profiles: whole addresses never leave the collector.'],
  ['Yours', 'It runs on your own machine, and the data stays there.'],
] as const;

/** Whoever is signed in goes on to a site; others read what this is. */
export default publicPage('/', async ({ member }) => {
  if (member !== null) {
    const [site] = await member.tenant.sites.list();
    redirect(site === undefined ? '/sites/new' : `/sites/${site.id}`);
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6">
      <header className="flex items-center justify-between py-4">
        <Logo />
        <ButtonLink href="/sign-in" variant="quiet">
          Sign in
        </ButtonLink>
      </header>
      <div className="flex max-w-text flex-1 flex-col justify-center gap-5 py-16">
        <h1 className="text-xl font-semibold tracking-tight text-balance sm:text-2xl">
          See what happens in your shop, as it happens.
        </h1>
        <p className="text-base text-quiet">
          Footfall counts visits, pages and sources for any site you add with one line of script. A visit
          shows here within seconds.
        </p>
        <div className="flex flex-wrap gap-3 pt-2">
          <ButtonLink href="/sign-up" variant="primary">
            Create account
          </ButtonLink>
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </div>
      </div>
      <dl className="grid gap-6 border-t border-line py-8 sm:grid-cols-3">
        {FACTS.map(([term, text]) => (
          <div key={term}>
            <dt className="font-semibold">{term}</dt>
            <dd className="pt-1 text-quiet">{text}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
});
