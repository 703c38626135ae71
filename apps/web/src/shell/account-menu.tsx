'use client';

import { Keyboard, LogOut, SunMoon, User } from 'lucide-react';
import type { MenuEntry } from '#access/menu.ts';
import { signOut } from '#auth/actions.ts';
import { toggleTheme } from '#theme/theme.ts';
import { Button } from '#ui/button.tsx';
import { Key } from '#ui/key.tsx';
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '#ui/menu.tsx';
import { LOCALE_NAMES, LOCALES, type Locale } from '#words/locale.ts';
import { useLocale, useWords } from '#words/use-words.ts';
import { ScreenLinks } from './screen-links.tsx';
import { openHelp } from './shortcuts.tsx';
import { useChooseLocale } from './use-choose-locale.ts';

const ICON = 'size-4 text-quiet';

export type AccountMenuProps = {
  email: string;
  siteId?: string | undefined;
  entries: readonly MenuEntry[];
};

/** The languages of the portal, each by its own name; the page turns to the chosen one at once. */
function Languages() {
  const words = useWords('shell');
  const choose = useChooseLocale();
  return (
    <MenuChoices
      label={words('language')}
      chosen={useLocale()}
      onChoose={(locale) => choose(locale as Locale)}
    >
      {LOCALE_NAMES.map((locale) => (
        <MenuChoice key={locale} value={locale} lang={locale}>
          {LOCALES[locale]}
        </MenuChoice>
      ))}
    </MenuChoices>
  );
}

/** What concerns who is signed in, and the way to everything that is not a report. */
export function AccountMenu({ email, siteId, entries }: AccountMenuProps) {
  const words = useWords('shell');
  const trigger = (
    <Button variant="quiet" aria-label={words('account')} className="px-2.5">
      <User aria-hidden className="size-4.5" />
    </Button>
  );
  return (
    <Menu trigger={trigger} align="end">
      <MenuLabel>{email}</MenuLabel>
      <ScreenLinks entries={entries} siteId={siteId} />
      {entries.length > 0 && <MenuSeparator />}
      <MenuItem onSelect={toggleTheme}>
        <SunMoon aria-hidden className={ICON} />
        <span className="flex-1">{words('lightOrDark')}</span>
        <Key>d</Key>
      </MenuItem>
      <MenuItem onSelect={openHelp}>
        <Keyboard aria-hidden className={ICON} />
        <span className="flex-1">{words('keyboard')}</span>
        <Key>?</Key>
      </MenuItem>
      <MenuSeparator />
      <Languages />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden className={ICON} />
        {words('signOut')}
      </MenuItem>
    </Menu>
  );
}
