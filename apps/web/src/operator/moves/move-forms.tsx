'use client';

import { useActionState } from 'react';
import { Field } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleForm } from '../console-form.tsx';
import { changeMove, startMove } from './move-actions.ts';

type StartProps = { from: string; to: string; manner: 'now' | 'period_end'; until: string };

/** Begins the move that was previewed. */
export function StartMove({ from, to, manner, until }: StartProps) {
  const words = useWords('moves');
  const [state, action, pending] = useActionState(startMove, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['reason']}
      submit={words('start')}
      variant="danger"
      saved={words('started')}
    >
      {(errorAt) => (
        <>
          {Object.entries({ from, to, manner, until }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field
            label={words('reason')}
            name="reason"
            required
            maxLength={500}
            defaultValue={state.values?.reason}
            error={errorAt('reason')}
          />
        </>
      )}
    </ConsoleForm>
  );
}

type StepProps = { move: string; step: 'pause' | 'resume' | 'cancel' | 'retry' };

/** A button that pauses a move, goes on with it, calls it off, or tries again. */
export function MoveStepButton({ move, step }: StepProps) {
  const words = useWords('moves');
  const [state, action, pending] = useActionState(changeMove, {});
  return (
    <ConsoleForm state={state} action={action} pending={pending} fields={[]} submit={words(`steps.${step}`)}>
      {() => (
        <>
          <input type="hidden" name="move" value={move} />
          <input type="hidden" name="step" value={step} />
        </>
      )}
    </ConsoleForm>
  );
}
