import type { TenantRole } from '@footfall/core/access/role';
import { Lock } from 'lucide-react';
import { ButtonLink } from '#ui/button.tsx';

type Props = {
  /** What the reader is in the tenant; null when they belong to none. */
  memberRole: TenantRole | null;
  tenantName: string | null;
  /** Whether the start leads to a page that the role includes. */
  mayGoHome: boolean;
};

/** Roles as people say them. */
const ROLE_WORDS: Readonly<Record<TenantRole, string>> = {
  owner: 'owner',
  admin: 'admin',
  editor: 'editor',
  billing: 'billing',
  viewer: 'viewer',
};

/** Says that a page is not part of the reader's role, and who can change that. */
export function ForbiddenNotice({ memberRole, tenantName, mayGoHome }: Props) {
  return (
    <main className="mx-auto flex w-full max-w-form flex-col items-center gap-3 px-4 py-20 text-center">
      <span className="flex size-11 items-center justify-center rounded-lg border border-line bg-surface">
        <Lock aria-hidden className="size-5 text-quiet" />
      </span>
      <h1 className="pt-1 text-lg font-semibold text-balance">This page is not part of your role</h1>
      {memberRole !== null && (
        <p className="text-quiet text-pretty">
          You are signed in to <span className="font-medium text-ink wrap-anywhere">{tenantName}</span> with
          the role <span className="font-medium text-ink">{ROLE_WORDS[memberRole]}</span>. An owner or an
          admin can give you another one.
        </p>
      )}
      {mayGoHome && (
        <div className="pt-2">
          <ButtonLink href="/">To the reports</ButtonLink>
        </div>
      )}
    </main>
  );
}
