import Link from 'next/link';
import type { ReactNode } from 'react';
import type { SiteLabel } from '#sites/site-page.ts';
import { Logo } from '#ui/logo.tsx';
import { AccountMenu } from './account-menu.tsx';
import { SiteSwitcher } from './site-switcher.tsx';

type TopBarProps = {
  email: string;
  /** The site whose pages these are. */
  site?: SiteLabel;
  sites?: readonly SiteLabel[];
  /** What can be chosen here; on a phone a row of its own. */
  children?: ReactNode;
};

/** The bar over every page of somebody who is signed in. */
export function TopBar({ email, site, sites = [], children }: TopBarProps) {
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-page">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-2 px-4 py-1.5 sm:flex-nowrap sm:px-6">
        <Link href="/" className="inline-flex min-h-11 items-center rounded-sm sm:min-h-9">
          <Logo withName={site === undefined} />
        </Link>
        {site !== undefined && <SiteSwitcher site={site} sites={sites} />}
        <div className="order-3 flex w-full min-w-0 items-center gap-2 empty:hidden sm:order-2 sm:w-auto sm:flex-1">
          {children}
        </div>
        <div className="order-2 ml-auto sm:order-3">
          <AccountMenu email={email} siteId={site?.id} />
        </div>
      </div>
    </header>
  );
}
