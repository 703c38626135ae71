'use client';

import { shownHost } from '@footfall/core/host';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { MenuEntry } from '#access/menu.ts';
import type { SiteLabel } from '#sites/site-label.ts';
import { Button } from '#ui/button.tsx';
import { Menu, MenuLink, MenuSeparator } from '#ui/menu.tsx';
import { useWords } from '#words/use-words.ts';
import { ScreenLinks } from './screen-links.tsx';

type SwitcherProps = { site: SiteLabel; sites: readonly SiteLabel[]; entries: readonly MenuEntry[] };

/** The site whose pages these are, and the way to the others. */
export function SiteSwitcher({ site, sites, entries }: SwitcherProps) {
  const words = useWords('shell');
  const trigger = (
    <Button
      variant="quiet"
      className="max-w-full px-2 font-semibold text-ink"
      aria-label={words('site', { domain: shownHost(site.domain) })}
    >
      <span className="truncate">{shownHost(site.domain)}</span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-quiet" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {sites.map(({ id, domain }) => (
        <MenuLink key={id} href={`/sites/${id}`} aria-current={id === site.id ? 'page' : undefined}>
          <span className="flex-1 truncate">{shownHost(domain)}</span>
          {id === site.id && <Check aria-hidden className="size-4 text-accent" />}
        </MenuLink>
      ))}
      {entries.length > 0 && <MenuSeparator />}
      <ScreenLinks entries={entries} siteId={site.id} />
    </Menu>
  );
}
