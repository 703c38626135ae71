import Link from 'next/link';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** What a team's members are told on every page about what it may do. */
export type AccountNotice =
  | { kind: 'suspended'; reason: string }
  | { kind: 'restricted' }
  | { kind: 'overPlan'; locksAt: number };

/** The line over every page of a team that is stopped, locked, or about to be. */
export function AccountBanner({ notice, mayPay }: { notice: AccountNotice; mayPay: boolean }) {
  const words = useWords('accountBanner');
  const formats = useFormats();
  const text = {
    suspended: () => words('suspended', { reason: notice.kind === 'suspended' ? notice.reason : '' }),
    restricted: () => words('restricted'),
    overPlan: () =>
      words('overPlan', { day: formats.dayAt(notice.kind === 'overPlan' ? notice.locksAt : 0, 'UTC') }),
  }[notice.kind]();
  return (
    <p
      role="status"
      className="border-b-2 border-warning bg-surface px-4 py-2 text-center wrap-anywhere sm:px-6"
    >
      {text}{' '}
      {mayPay && notice.kind !== 'suspended' && (
        <Link href="/billing" className="font-medium underline">
          {words('toBilling')}
        </Link>
      )}
    </p>
  );
}
