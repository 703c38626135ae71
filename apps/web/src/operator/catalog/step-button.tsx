'use client';

import { useActionState } from 'react';
import type { ButtonVariant } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleForm } from '../console-form.tsx';
import { changePlan } from './plan-actions.ts';

type Step = 'publish' | 'reopen' | 'connect' | 'archive' | 'offerTrial' | 'endTrials' | 'draft' | 'delete';
type Props = { plan: string; to: Step; named: 'goOn' | Step; variant?: ButtonVariant };

/** A button that takes a plan one step on. */
export function StepButton({ plan, to, named, variant }: Props) {
  const words = useWords('planConsole');
  const [state, action, pending] = useActionState(changePlan, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={[]}
      submit={words(`steps.${named}`)}
      {...(variant === undefined ? {} : { variant })}
    >
      {() => (
        <>
          <input type="hidden" name="plan" value={plan} />
          <input type="hidden" name="to" value={to} />
        </>
      )}
    </ConsoleForm>
  );
}
