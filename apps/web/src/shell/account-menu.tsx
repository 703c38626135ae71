'use client';

import { Keyboard, LogOut, Plus, Settings, SunMoon, User } from 'lucide-react';
import { signOut } from '#auth/actions.ts';
import { toggleTheme } from '#theme/theme.ts';
import { Button } from '#ui/button.tsx';
import { Key } from '#ui/key.tsx';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#ui/menu.tsx';
import { openHelp } from './shortcuts.tsx';

const ICON = 'size-4 text-quiet';

export type AccountMenuProps = { email: string; siteId?: string | undefined };

/** What concerns who is signed in, and the way to everything that is no report. */
export function AccountMenu({ email, siteId }: AccountMenuProps) {
  const trigger = (
    <Button variant="quiet" aria-label="Account" className="px-2.5">
      <User aria-hidden className="size-4.5" />
    </Button>
  );
  return (
    <Menu trigger={trigger} align="end">
      <MenuLabel>{email}</MenuLabel>
      {siteId !== undefined && (
        <MenuLink href={`/sites/${siteId}/settings`}>
          <Settings aria-hidden className={ICON} />
          Site settings
        </MenuLink>
      )}
      <MenuLink href="/sites/new">
        <Plus aria-hidden className={ICON} />
        Add a site
      </MenuLink>
      <MenuSeparator />
      <MenuItem onSelect={toggleTheme}>
        <SunMoon aria-hidden className={ICON} />
        <span className="flex-1">Light or dark</span>
        <Key>d</Key>
      </MenuItem>
      <MenuItem onSelect={openHelp}>
        <Keyboard aria-hidden className={ICON} />
        <span className="flex-1">Keyboard</span>
        <Key>?</Key>
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden className={ICON} />
        Sign out
      </MenuItem>
    </Menu>
  );
}
