import Link from 'next/link';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** What a team's members are told on every page about what it may do. */
export type AccountNotice =
  | { kind: 'suspended'; reason: string }
  | { kind: 'restricted' }
  | { kind: 'overPlan'; locksAt: number }
  | { kind: 'grace' | 'ending' | 'trial'; until: number };

/** The line over every page of a team that is stopped, locked, or about to be. */
export function AccountBanner({ notice, mayPay }: { notice: AccountNotice; mayPay: boolean }) {
  const words = useWords('accountBanner');
  const formats = useFormats();
  const text = (): string => {
    if (notice.kind === 'suspended') return words('suspended', { reason: notice.reason });
    if (notice.kind === 'restricted') return words('restricted');
    const at = 'locksAt' in notice ? notice.locksAt : notice.until;
    return words(notice.kind, { day: formats.dayAt(at, 'UTC') });
  };
  return (
    <p
      role="status"
      className="border-b-2 border-warning bg-surface px-4 py-2 text-center wrap-anywhere sm:px-6"
    >
      {text()}{' '}
      {mayPay && notice.kind !== 'suspended' && (
        <Link href="/billing" className="font-medium underline">
          {words('toBilling')}
        </Link>
      )}
      {!mayPay && notice.kind !== 'suspended' && words('askOwner')}
    </p>
  );
}
