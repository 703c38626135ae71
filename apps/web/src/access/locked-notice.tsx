import { Lock } from 'lucide-react';
import { ButtonLink } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import type { LockedState } from './lock.ts';

type Props = {
  state: LockedState;
  /** Whether the reader may choose a plan and pay. */
  mayPay: boolean;
};

/** Says that a team's reports are locked, why, and who can change that. */
export function LockedNotice({ state, mayPay }: Props) {
  const words = useWords('locked');
  const canPay = mayPay && state === 'restricted';
  return (
    <main className="mx-auto flex w-full max-w-form flex-col items-center gap-3 px-4 py-20 text-center">
      <span className="flex size-11 items-center justify-center rounded-lg border border-line bg-surface">
        <Lock aria-hidden className="size-5 text-quiet" />
      </span>
      <h1 className="pt-1 text-lg font-semibold text-balance">{words(`titles.${state}`)}</h1>
      <p className="text-quiet text-balance">{words(`texts.${state}`)}</p>
      {state === 'restricted' && !mayPay && <p className="text-quiet text-balance">{words('askOwner')}</p>}
      {canPay && (
        <div className="pt-2">
          <ButtonLink href="/billing" variant="primary">
            {words('toBilling')}
          </ButtonLink>
        </div>
      )}
    </main>
  );
}
