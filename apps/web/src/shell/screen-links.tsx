'use client';

import {
  Activity,
  Building2,
  CreditCard,
  Globe,
  Hammer,
  HeartPulse,
  KeyRound,
  Layers,
  type LucideIcon,
  Mail,
  Plus,
  Receipt,
  ScrollText,
  Settings,
  SlidersHorizontal,
  Target,
  TicketPercent,
  UserRound,
  Users,
  Webhook,
} from 'lucide-react';
import type { MenuEntry } from '#access/menu.ts';
import type { MenuWord } from '#access/screens.ts';
import { MenuLink } from '#ui/menu.tsx';
import { useWords } from '#words/use-words.ts';

const ICONS: Readonly<Record<MenuWord, LucideIcon>> = {
  addSite: Plus,
  dataHealth: HeartPulse,
  goals: Target,
  health: Activity,
  jobs: Hammer,
  platformAudit: ScrollText,
  platformSettings: SlidersHorizontal,
  mails: Mail,
  sites: Globe,
  siteSettings: Settings,
  tenants: Building2,
  yourAccount: UserRound,
  team: Users,
  apiKeys: KeyRound,
  webhooks: Webhook,
  audit: ScrollText,
  billing: CreditCard,
  plans: Layers,
  subscriptions: Receipt,
  coupons: TicketPercent,
};

/** Links to screens in a menu. Those of a site are left out where the page is about none. */
export function ScreenLinks({
  entries,
  siteId,
}: {
  entries: readonly MenuEntry[];
  siteId?: string | undefined;
}) {
  const words = useWords('shell');
  return entries.map(({ address, word }) => {
    if (siteId === undefined && address.includes('[id]')) return null;
    const Icon = ICONS[word];
    return (
      <MenuLink key={address} href={address.replace('[id]', siteId ?? '')}>
        <Icon aria-hidden className="size-4 text-quiet" />
        {words(word)}
      </MenuLink>
    );
  });
}
