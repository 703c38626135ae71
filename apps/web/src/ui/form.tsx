'use client';

import { type ComponentProps, type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { ErrorNotice } from './notice.tsx';
import { useErrorFocus } from './use-error-focus.ts';

type State<Extra> = FormState & Partial<Extra>;

/**
 * A form of several fields whose action says all that is wrong at once. `fields`: those that stand in it by the names that failures
 * give them; what is wrong with anything else is said at its head. What was typed and ticked stays.
 */
export function useForm<Extra extends object>(
  send: (state: State<Extra>, form: FormData) => Promise<State<Extra>>,
  fields: readonly string[],
) {
  const [state, action, pending] = useActionState(send as never, {} as never) as unknown as [
    State<Extra>,
    (form: FormData) => void,
    boolean,
  ];
  const ref = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, fields);
  const needsProof = state.error?.code === 'proof_needed';
  return {
    state,
    pending,
    errorAt,
    /** Whoever sends it has to say again who they are: the form for it stands beside. */
    needsProof,
    /** What a field is made of: its name, its error and what was typed into it; `before`: what stands there at first. */
    field: (name: string, before?: string) => ({
      name,
      defaultValue: state.values?.[name] ?? before,
      error: errorAt(name),
    }),
    /** Whether a box is ticked; `before`: whether it is at first. */
    isTicked: (name: string, value: string, before: boolean) =>
      state.ticked === undefined ? before : state.ticked[name]?.includes(value) === true,
    frame: { ref, action, general: needsProof ? undefined : general },
  };
}

type FormProps = Omit<ComponentProps<'form'>, 'action' | 'ref'> & {
  of: Pick<ReturnType<typeof useForm>, 'frame'>;
  children: ReactNode;
};

/** A form of {@link useForm}: what is wrong with it as a whole stands at its head. */
export function Form({ of: { frame }, className = 'space-y-4', children, ...props }: FormProps) {
  return (
    <form ref={frame.ref} action={frame.action} className={className} noValidate {...props}>
      {frame.general !== undefined && <ErrorNotice message={frame.general} />}
      {children}
    </form>
  );
}
