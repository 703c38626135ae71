import type { ReactNode } from 'react';
import { buildMenus } from '#access/menu.ts';
import { currentAccount, currentMember } from '#access/session.ts';
import { StaffMenu } from '#operator/staff-menu.tsx';
import { TopBar } from '#shell/top-bar.tsx';

/** The bar over the pages of the platform's staff. Who may see a page is asked by the page; the menu has what its reader may open. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const [account, member] = await Promise.all([currentAccount(), currentMember()]);
  // The page sends to sign in, and knows where to come back to.
  if (account === null) return children;
  const menus = buildMenus({ account, member });
  return (
    <>
      <TopBar email={account.user.email} sites={[]} menus={menus}>
        {menus.operator.length > 0 && <StaffMenu entries={menus.operator} />}
      </TopBar>
      {children}
    </>
  );
}
