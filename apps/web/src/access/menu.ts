import { ADDRESSES, type Address, type MenuWord, SCREENS, type Screen } from './screens.ts';
import { type Member, memberMay } from './session.ts';

/** An entry of a menu; in its address `[id]` stands for the site whose pages are shown. */
export type MenuEntry = { address: Address; word: MenuWord };

export type MenuPlace = NonNullable<Screen['menu']>['places'][number];

/** The entries of each menu that a member may use, or whoever is in no team (null), in the order of the table of screens. */
export function buildMenus(
  member: Pick<Member, 'role' | 'sites'> | null,
): Readonly<Record<MenuPlace, MenuEntry[]>> {
  const listEntries = (place: MenuPlace) =>
    ADDRESSES.flatMap((address): MenuEntry[] => {
      const { admission, menu }: Screen = SCREENS[address];
      if (menu === null || !menu.places.includes(place)) return [];
      const isOpen =
        admission === 'everyone' ||
        admission === 'account' ||
        (member !== null && (admission === 'member' || memberMay(member, admission)));
      return isOpen ? [{ address, word: menu.word }] : [];
    });
  return { account: listEntries('account'), sites: listEntries('sites') };
}
