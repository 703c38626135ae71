import type { ServiceConfig } from '@footfall/config/config';
import type { Site } from '@footfall/db/tenant/site';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache, createElement, type ReactNode } from 'react';
import { answerWithStatus } from '#runtime/request-context.ts';
import { services } from '#runtime/services.ts';
import { ForbiddenPage } from './forbidden-page.tsx';
import { findLock, isLockedPage, type LockedState } from './lock.ts';
import { LockedPage } from './locked-page.tsx';
import { findPublicReader, type PublicReader, type PublicSiteAddress } from './public-site.ts';
import { noteRefusal } from './refusal-audit.ts';
import {
  type AccountAddress,
  type Admission,
  type MemberAddress,
  type PublicAddress,
  SCREENS,
  type Screen,
  type SiteAddress,
  type StaffAddress,
} from './screens.ts';
import {
  type Account,
  asMember,
  currentAccount,
  currentMember,
  type Member,
  memberMay,
  staffMay,
} from './session.ts';

export type SearchParams = Record<string, string | string[] | undefined>;

type Props = { searchParams: Promise<SearchParams>; params?: Promise<Record<string, string>> };
type SiteProps = Omit<Props, 'params'> & { params: Promise<{ id: string }> };
type StaffProps = Omit<Props, 'params'> & { params: Promise<Record<string, string>> };

type PublicContext = {
  /** Whoever is signed in. */
  account: Account | null;
  /** Whoever is signed in as a member of a team; null for staff. */
  member: Member | null;
  /** The parts of the path that the address leaves open, decoded. */
  params: Readonly<Record<string, string>>;
  searchParams: SearchParams;
  /** Who may make an account. */
  signUp: ServiceConfig['signUp'];
  /** The portal's own address. */
  webUrl: string;
};
type AccountContext = { account: Account; searchParams: SearchParams };
type StaffContext = AccountContext & {
  /** What of the path stands for a part in brackets of the address: `tenant` in `/operator/tenants/[tenant]`. */
  params: Readonly<Record<string, string>>;
};
type MemberContext = { member: Member; searchParams: SearchParams };
type SiteContext = MemberContext & { site: Site; collectorUrl: string };

const mayOpen = (member: Member, admission: Admission, siteId?: string) =>
  admission === 'everyone' ||
  admission === 'account' ||
  admission === 'member' ||
  memberMay(member, admission, siteId);

/** Goes to sign in, and comes back to `path` after it. */
const signInFirst = (path: string): never => redirect(`/sign-in?next=${encodeURIComponent(path)}`);

/** Leads whoever sees nothing of a team for now to where it says why: it wants a second factor, or another way in. */
const unlock = (locked: Account['locked']): never =>
  redirect(locked.some(({ requiresSignOn }) => requiresSignOn) ? '/account#teams' : '/account#second-factor');

/** Leads whoever has teams that are being deleted, and no other that it could be, to where that is said. */
const seeDeletion = (): never => redirect('/team/deleted');

const requireAccount = async (path: string): Promise<Account> =>
  (await currentAccount()) ?? signInFirst(path);

/** Lets in whom the table lets in; others are answered 403, and 404 where the page itself is not there for anyone. */
async function admitMember(address: MemberAddress): Promise<Member | 'forbidden'> {
  const { admission, internal }: Screen = SCREENS[address];
  if (internal && !services().config.internalPages) notFound();
  const { locked, deleting } = await requireAccount(address);
  const member = await currentMember();
  if (member === null && locked.length > 0) return unlock(locked);
  if (member === null && deleting.length > 0) return seeDeletion();
  return member !== null && mayOpen(member, admission) ? member : 'forbidden';
}

/** What stands in place of a page that a role does not include: 403, and whole without scripts. */
function refusedPage(address: string): ReactNode {
  answerWithStatus(403);
  noteRefusal(address);
  return createElement(ForbiddenPage);
}

/** What stands in place of a page whose reports are locked: 402, and whole without scripts. */
function lockedPage(state: LockedState, member: Member | null): ReactNode {
  answerWithStatus(402);
  const mayPay = member !== null && memberMay(member, 'billing.manage');
  return createElement(LockedPage, { state, mayPay });
}

type Admitted = { member: Member; site: Site };

/** The state for which a page about a site is locked; null: it is not. */
const findPageLock = async (address: SiteAddress, { tenantId }: Site): Promise<LockedState | null> =>
  isLockedPage(SCREENS[address].admission) ? findLock(tenantId) : null;

/** An account as a member of each of its teams, the chosen one first: a link to a site works whichever team is chosen. */
async function listTeams(account: Account): Promise<Member[]> {
  const chosen = await currentMember();
  const all = account.memberships.flatMap((membership) => asMember(account, membership) ?? []);
  const isChosen = ({ tenant }: Member) => tenant.tenantId === chosen?.tenant.tenantId;
  return [...(chosen === null ? [] : [chosen]), ...all.filter((member) => !isChosen(member))];
}

/** Whether a site is of a team of theirs that is being deleted. */
async function isOfDeleted(account: Account, id: string): Promise<boolean> {
  const teams = account.deleting.flatMap((membership) => asMember(account, membership) ?? []);
  const found = await Promise.all(teams.map(({ tenant }) => tenant.sites.find(id)));
  return found.some((site) => site !== null);
}

/** From a site's page on, what the session asks for is asked of that site's team; a page that is only fetched ahead changes nothing. */
async function chooseTeam({ session }: Account, { tenant }: Member): Promise<void> {
  const chosen = await currentMember();
  if (chosen?.tenant.tenantId === tenant.tenantId) return;
  if ((await headers()).has('next-router-prefetch')) return;
  await services().sessions.chooseTenant(session.id, tenant.tenantId);
}

/** Whoever is signed in and their site of this id, or why they may not see this page of it. */
const askAtSite = cache(
  async (
    address: SiteAddress,
    id: string,
  ): Promise<Admitted | 'signed out' | 'locked' | 'deleting' | 'forbidden' | 'not found'> => {
    const account = await currentAccount();
    if (account === null) return 'signed out';
    const { admission } = SCREENS[address];
    const members = (await listTeams(account)).filter((member) => mayOpen(member, admission));
    // Before the site is looked for: who may not see any has no use for knowing which there are.
    const { locked, deleting } = account;
    if (members.length === 0 && locked.length === 0) return deleting.length > 0 ? 'deleting' : 'forbidden';
    if (members.length === 0) return 'locked';
    for (const member of members) {
      const site = await member.tenant.sites.find(id);
      if (site === null) continue;
      if (!mayOpen(member, admission, site.id)) return 'not found';
      await chooseTeam(account, member);
      return { member, site };
    }
    // It may be of a team that is not to be seen yet: said of every id alike.
    if (locked.length > 0) return 'locked';
    return (await isOfDeleted(account, id)) ? 'deleting' : 'not found';
  },
);

/**
 * The member and their site of this id. Another tenant's site is not there (404), since that it exists is not theirs to know; what
 * the member's role does not include is refused (403).
 */
async function admitToSite(address: SiteAddress, id: string): Promise<Admitted | 'forbidden'> {
  const answer = await askAtSite(address, id);
  if (answer === 'signed out') return signInFirst(address.replace('[id]', encodeURIComponent(id)));
  if (answer === 'locked') return unlock((await currentAccount())?.locked ?? []);
  if (answer === 'deleting') return seeDeletion();
  return answer === 'not found' ? notFound() : answer;
}

/** A page that everyone may open; `member` is who is signed in, if anybody. */
export function publicPage(
  _: PublicAddress,
  render: (context: PublicContext) => ReactNode | Promise<ReactNode>,
) {
  return async function PublicPage({ searchParams, params }: Props): Promise<ReactNode> {
    const { config, settings } = services();
    const { webUrl } = config;
    const [account, member, said] = await Promise.all([currentAccount(), currentMember(), settings.signUp()]);
    const signUp = said ?? config.signUp;
    return render({
      account,
      member,
      params: (await params) ?? {},
      searchParams: await searchParams,
      signUp,
      webUrl,
    });
  };
}

/**
 * A page that shows the reports of one site to everyone, signed in or not: what a session may do plays no part. Not there (404) where the
 * address stands for no site; see public-site.ts.
 */
export function publicSitePage(
  address: PublicSiteAddress,
  render: (context: PublicReader & { searchParams: SearchParams }) => ReactNode | Promise<ReactNode>,
) {
  return async function PublicSitePage({ searchParams }: Props): Promise<ReactNode> {
    const reader = await findPublicReader(address);
    if (reader === null) return notFound();
    const lock = await findLock(reader.site.tenantId);
    if (lock !== null) return lockedPage(lock, null);
    return render({ ...reader, searchParams: await searchParams });
  };
}

/** A page for whoever is signed in, of a team or not. */
export function accountPage(
  address: AccountAddress,
  render: (context: AccountContext) => ReactNode | Promise<ReactNode>,
) {
  return async function AccountPage({ searchParams }: Props): Promise<ReactNode> {
    const account = await requireAccount(address);
    return render({ account, searchParams: await searchParams });
  };
}

/** A page of the platform's staff, for those whose role includes it; everyone else is refused. */
export function staffPage(
  address: StaffAddress,
  render: (context: StaffContext) => ReactNode | Promise<ReactNode>,
) {
  return async function StaffPage({ params, searchParams }: StaffProps): Promise<ReactNode> {
    const given = await params;
    const path = address.replaceAll(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(given[name] ?? ''));
    const account = await requireAccount(path);
    if (!staffMay(account, SCREENS[address].admission)) return refusedPage(address);
    return render({ account, params: given, searchParams: await searchParams });
  };
}

/** A page for those whom the table of screens lets in; see {@link admitMember}. */
export function memberPage(
  address: MemberAddress,
  render: (context: MemberContext) => ReactNode | Promise<ReactNode>,
) {
  return async function MemberPage({ searchParams }: Props): Promise<ReactNode> {
    const member = await admitMember(address);
    if (member === 'forbidden') return refusedPage(address);
    return render({ member, searchParams: await searchParams });
  };
}

/** A page about one site, for those whom the table of screens lets in there; see {@link admitToSite}. */
export function sitePage(
  address: SiteAddress,
  render: (context: SiteContext) => ReactNode | Promise<ReactNode>,
) {
  return async function SitePage({ params, searchParams }: SiteProps): Promise<ReactNode> {
    const admitted = await admitToSite(address, (await params).id);
    if (admitted === 'forbidden') return refusedPage(address);
    const { member, site } = admitted;
    const lock = await findPageLock(address, site);
    if (lock !== null) return lockedPage(lock, member);
    const { collectorUrl } = services().config;
    return render({ member, site, searchParams: await searchParams, collectorUrl });
  };
}

/** What the bar shows over a page about one site; nothing for those who may not open the page, whom the page itself refuses. */
export function siteControls(
  address: SiteAddress,
  render: (context: SiteContext) => ReactNode | Promise<ReactNode>,
) {
  return async function SiteControls({ params, searchParams }: SiteProps): Promise<ReactNode> {
    const answer = await askAtSite(address, (await params).id);
    if (typeof answer === 'string' || (await findPageLock(address, answer.site)) !== null) return null;
    const { collectorUrl } = services().config;
    return render({ ...answer, searchParams: await searchParams, collectorUrl });
  };
}

/** What the head of a page about one site says, for those who may open the page. */
export function siteMetadata(address: SiteAddress, make: (site: Site) => Metadata) {
  return async function generateMetadata({ params }: Pick<SiteProps, 'params'>): Promise<Metadata> {
    const admitted = await admitToSite(address, (await params).id);
    return admitted === 'forbidden' ? {} : make(admitted.site);
  };
}
