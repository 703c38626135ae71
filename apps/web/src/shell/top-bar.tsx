'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import type { ReactNode } from 'react';
import type { MenuEntry, MenuPlace } from '#access/menu.ts';
import type { SiteLabel } from '#sites/site-label.ts';
import { Logo } from '#ui/logo.tsx';
import { AccountMenu } from './account-menu.tsx';
import { SiteSwitcher } from './site-switcher.tsx';

type TopBarProps = {
  email: string;
  /** The sites whose reports are theirs to read. */
  sites: readonly SiteLabel[];
  menus: Readonly<Record<MenuPlace, readonly MenuEntry[]>>;
  /** What can be chosen here; on a phone a row of its own. */
  children?: ReactNode;
};

/** The bar over every page of somebody who is signed in; the address says which site its pages are about. */
export function TopBar({ email, sites, menus, children }: TopBarProps) {
  const { id } = useParams<{ id?: string }>();
  const site = sites.find((one) => one.id === id);
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-page">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-2 px-4 py-1.5 sm:flex-nowrap sm:px-6">
        <Link href="/" className="inline-flex min-h-11 items-center rounded-sm sm:min-h-9">
          <Logo withName={site === undefined} />
        </Link>
        {site !== undefined && (
          // On a phone it takes what is left of its row, so that a long name folds nothing.
          <div className="min-w-0 flex-1 sm:flex-initial">
            <SiteSwitcher site={site} sites={sites} entries={menus.sites} />
          </div>
        )}
        <div className="order-3 flex w-full min-w-0 items-center gap-2 empty:hidden sm:order-2 sm:w-auto sm:flex-1">
          {children}
        </div>
        <div className="order-2 ml-auto sm:order-3">
          <AccountMenu email={email} siteId={site?.id} entries={menus.account} />
        </div>
      </div>
    </header>
  );
}
