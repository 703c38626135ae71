'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { ProofForm } from './proof-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { beginSecondFactor, confirmSecondFactor, renewCodes, switchOff } from './second-factor-actions.ts';
import { TotpSetUp } from './totp-set-up.tsx';

type Made = { codes?: string[]; madeAt?: number };

/** The codes that were made last. */
const lastMade = (...made: readonly Made[]): string[] | undefined =>
  [...made].sort((a, b) => (b.madeAt ?? 0) - (a.madeAt ?? 0))[0]?.codes;

type SecondFactorProps = { hasApp: boolean; codesLeft: number | null; isProven: boolean };

/**
 * Sets up an app as a second factor, or changes what is in force. Codes stay in view when the page comes anew, so that all states are
 * kept here. `hasApp`: whether an app is in force; `codesLeft`: recovery codes, null without any factor; `isProven`: whether somebody
 * proved lately who they are.
 */
export function SecondFactor({ hasApp, codesLeft, isProven }: SecondFactorProps) {
  const words = useWords('secondFactor');
  const [begun, begin, beginning] = useActionState(beginSecondFactor, {});
  const [confirmed, confirm, confirming] = useActionState(confirmSecondFactor, {});
  const [renewed, renew, renewing] = useActionState(renewCodes, {});
  const [switched, off, switching] = useActionState(switchOff, {});
  const isOn = codesLeft !== null;
  const errors = [begun, confirmed, renewed, switched].flatMap((state) => state.error ?? []);
  const isStale = errors.some((one) => one.code === 'proof_needed');
  const error = renewed.error ?? (hasApp ? switched.error : begun.error);
  const { general } = useFormErrors(error === undefined ? {} : { error }, []);
  const codes = isOn ? lastMade(confirmed, renewed) : undefined;
  // What was begun before the last one was switched off is over.
  const setUp = !hasApp && (begun.madeAt ?? 0) > (switched.madeAt ?? 0) ? begun : {};
  if (codes === undefined && !isProven) return <ProofForm />;
  return (
    <div className="space-y-4">
      {isStale && <ProofForm />}
      {general !== undefined && !isStale && <ErrorNotice message={general} />}
      {codes !== undefined && <RecoveryCodes codes={codes} />}
      {isOn && <p className="text-quiet">{words('codesLeft', { count: codesLeft })}</p>}
      <div className="flex flex-wrap gap-3">
        {!hasApp && setUp.secret === undefined && (
          <form action={begin}>
            <Button type="submit" pending={beginning}>
              {words('setUp')}
            </Button>
          </form>
        )}
        {isOn && (
          <form action={renew}>
            <Button type="submit" pending={renewing}>
              {words('renew')}
            </Button>
          </form>
        )}
        {hasApp && (
          <form action={off}>
            <Button type="submit" variant="danger" pending={switching}>
              {words('switchOff')}
            </Button>
          </form>
        )}
      </div>
      {setUp.secret !== undefined && setUp.qr !== undefined && (
        <TotpSetUp
          secret={setUp.secret}
          qr={setUp.qr}
          state={confirmed}
          action={confirm}
          pending={confirming}
        />
      )}
    </div>
  );
}
