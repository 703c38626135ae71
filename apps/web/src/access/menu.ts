import { ADDRESSES, type Address, type MenuWord, SCREENS, type Screen } from './screens.ts';
import { type Account, type Member, memberMay, staffMay } from './session.ts';

/** An entry of a menu; in its address `[id]` stands for the site whose pages are shown. */
export type MenuEntry = { address: Address; word: MenuWord };

export type MenuPlace = NonNullable<Screen['menu']>['places'][number];

/** Whose menus they are: an account, and what it is in the team that is chosen; null: it is in none. */
export type MenuReader = {
  account: { user: Pick<Account['user'], 'staffRole'> };
  member: Pick<Member, 'role' | 'sites' | 'visit'> | null;
};

/** The entries of each menu that somebody may use, in the order of the table of screens. */
export function buildMenus({ account, member }: MenuReader): Readonly<Record<MenuPlace, MenuEntry[]>> {
  const isAllowed = (admission: Exclude<Screen['admission'], 'everyone' | 'account' | 'member'>) =>
    staffMay(account, admission) || (member !== null && memberMay(member, admission));
  const listEntries = (place: MenuPlace) =>
    ADDRESSES.flatMap((address): MenuEntry[] => {
      const { admission, menu }: Screen = SCREENS[address];
      if (menu === null || !menu.places.includes(place)) return [];
      const isOpen =
        admission === 'everyone' ||
        admission === 'account' ||
        (admission === 'member' ? member !== null : isAllowed(admission));
      return isOpen ? [{ address, word: menu.word }] : [];
    });
  return {
    account: listEntries('account'),
    sites: listEntries('sites'),
    operator: listEntries('operator'),
  };
}
