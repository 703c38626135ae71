import type { ReactNode } from 'react';
import { findAccountNotice } from '#access/lock.ts';
import { sendsMail } from '#access/mailed-link.ts';
import { buildMenus } from '#access/menu.ts';
import { noticeToMerchants } from '#access/notice.ts';
import { findOwnProofWays } from '#access/own-account.ts';
import { currentAccount, currentMember, memberMay } from '#access/session.ts';
import { ProofWaysProvider } from '#account/proof-ways.tsx';
import { VerifyNotice } from '#account/verify-notice.tsx';
import { AccountBanner } from '#billing/account-banner.tsx';
import { PulseHearing } from '#overview/pulse-context.tsx';
import { RefineArea } from '#overview/refine.tsx';
import { TopBar } from '#shell/top-bar.tsx';
import { readableSites } from '#sites/site-label.ts';
import { ClientWords } from '#words/client-words.tsx';
import { readerLocale } from '#words/reader.ts';

/**
 * The bar over every page of somebody who is signed in; `controls` is what the page puts into it. Who may see a page is asked by
 * the page, not here: a layout stays while pages change.
 */
export default async function PortalLayout({
  children,
  controls,
}: {
  children: ReactNode;
  controls: ReactNode;
}) {
  const [account, member] = await Promise.all([currentAccount(), currentMember()]);
  // The page sends to sign in, and knows where to come back to.
  if (account === null) return children;
  const [sites, ways, notice, locale, ofAccount] = await Promise.all([
    member === null ? [] : readableSites(member),
    findOwnProofWays(account),
    noticeToMerchants(),
    readerLocale(),
    member === null ? null : findAccountNotice(member),
  ]);
  return (
    <PulseHearing>
      <RefineArea>
        <TopBar email={account.user.email} sites={sites} menus={buildMenus({ account, member })}>
          {controls}
        </TopBar>
        {notice !== null && (
          <p
            role="status"
            className="border-b border-line bg-sunken px-4 py-2 text-center wrap-anywhere sm:px-6"
          >
            {notice[locale]}
          </p>
        )}
        {member !== null && ofAccount !== null && (
          <AccountBanner notice={ofAccount} mayPay={memberMay(member, 'billing.manage')} />
        )}
        {/* Where nothing is mailed there is little to do about it: then the page of the account says it. */}
        {!account.user.isVerified && sendsMail() && (
          <ClientWords of={['verify', 'failures']}>
            <div className="border-b border-line bg-surface">
              <VerifyNotice email={account.user.email} sendsMail />
            </div>
          </ClientWords>
        )}
        <ProofWaysProvider ways={ways}>{children}</ProofWaysProvider>
      </RefineArea>
    </PulseHearing>
  );
}
