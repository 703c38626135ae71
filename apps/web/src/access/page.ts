import type { ServiceConfig } from '@footfall/config/config';
import type { Site } from '@footfall/db/tenant/site';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache, createElement, type ReactNode } from 'react';
import { answerWithStatus } from '#runtime/request-context.ts';
import { services } from '#runtime/services.ts';
import { ForbiddenPage } from './forbidden-page.tsx';
import { noteRefusal } from './refusal-audit.ts';
import {
  type Admission,
  type MemberAddress,
  type PublicAddress,
  SCREENS,
  type Screen,
  type SiteAddress,
} from './screens.ts';
import { currentMember, type Member, memberMay } from './session.ts';

export type SearchParams = Record<string, string | string[] | undefined>;

type Props = { searchParams: Promise<SearchParams> };
type SiteProps = Props & { params: Promise<{ id: string }> };

type PublicContext = {
  member: Member | null;
  searchParams: SearchParams;
  /** Who may make an account. */
  signUp: ServiceConfig['signUp'];
};
type MemberContext = { member: Member; searchParams: SearchParams };
type SiteContext = MemberContext & { site: Site; collectorUrl: string };

const mayOpen = (member: Member, admission: Admission, siteId?: string) =>
  admission === 'everyone' || admission === 'member' || memberMay(member, admission, siteId);

/** Goes to sign in, and comes back to `path` after it. */
const signInFirst = (path: string): never => redirect(`/sign-in?next=${encodeURIComponent(path)}`);

/** Lets in whom the table lets in; others are answered 403, and 404 where the page itself is not there for anyone. */
async function admitMember(address: MemberAddress): Promise<Member | 'forbidden'> {
  const { admission, internal }: Screen = SCREENS[address];
  if (internal && !services().config.internalPages) notFound();
  const member = (await currentMember()) ?? signInFirst(address);
  return mayOpen(member, admission) ? member : 'forbidden';
}

/** What stands in place of a page that a role does not include: 403, and whole without scripts. */
function refusedPage(address: string): ReactNode {
  answerWithStatus(403);
  noteRefusal(address);
  return createElement(ForbiddenPage);
}

type Admitted = { member: Member; site: Site };

/** Whoever is signed in and their site of this id, or why they may not see this page of it. */
const askAtSite = cache(
  async (address: SiteAddress, id: string): Promise<Admitted | 'signed out' | 'forbidden' | 'not found'> => {
    const member = await currentMember();
    if (member === null) return 'signed out';
    const { admission } = SCREENS[address];
    // Before the site is looked for: who may not see any has no use for knowing which there are.
    if (!mayOpen(member, admission)) return 'forbidden';
    const site = await member.tenant.sites.find(id);
    return site !== null && mayOpen(member, admission, site.id) ? { member, site } : 'not found';
  },
);

/**
 * The member and their site of this id. Another tenant's site is not there (404), since that it exists is not theirs to know; what
 * the member's role does not include is refused (403).
 */
async function admitToSite(address: SiteAddress, id: string): Promise<Admitted | 'forbidden'> {
  const answer = await askAtSite(address, id);
  if (answer === 'signed out') return signInFirst(address.replace('[id]', encodeURIComponent(id)));
  return answer === 'not found' ? notFound() : answer;
}

/** A page that everyone may open; `member` is who is signed in, if anybody. */
export function publicPage(
  _: PublicAddress,
  render: (context: PublicContext) => ReactNode | Promise<ReactNode>,
) {
  return async function PublicPage({ searchParams }: Props): Promise<ReactNode> {
    const { signUp } = services().config;
    return render({ member: await currentMember(), searchParams: await searchParams, signUp });
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
    if (typeof answer === 'string') return null;
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
