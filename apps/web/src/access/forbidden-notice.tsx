import type { TenantRole } from '@footfall/core/access/role';
import { Lock } from 'lucide-react';
import { ButtonLink } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';

type Props = {
  /** What the reader is in the tenant; null when they belong to none. */
  memberRole: TenantRole | null;
  tenantName: string | null;
  /** Whether the start leads to a page that the role includes. */
  mayGoHome: boolean;
};

/** Says that a page is not part of the reader's role, and who can change that. */
export function ForbiddenNotice({ memberRole, tenantName, mayGoHome }: Props) {
  const words = useWords('forbidden');
  return (
    <main className="mx-auto flex w-full max-w-form flex-col items-center gap-3 px-4 py-20 text-center">
      <span className="flex size-11 items-center justify-center rounded-lg border border-line bg-surface">
        <Lock aria-hidden className="size-5 text-quiet" />
      </span>
      <h1 className="pt-1 text-lg font-semibold text-balance">{words('title')}</h1>
      {memberRole !== null && (
        <p className="text-quiet text-balance">
          {words.rich('text', {
            account: tenantName ?? '',
            role: words(`roles.${memberRole}`),
            name: (text) => <span className="font-medium text-ink wrap-anywhere">{text}</span>,
          })}
        </p>
      )}
      {mayGoHome && (
        <div className="pt-2">
          <ButtonLink href="/">{words('home')}</ButtonLink>
        </div>
      )}
    </main>
  );
}
