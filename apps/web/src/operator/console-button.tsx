'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import type { ButtonVariant } from '#ui/button.tsx';
import { ConsoleForm } from './console-form.tsx';

type State = FormState & { saved?: boolean };

type Props = {
  /** What the button does; see access/action.ts. */
  does: (state: State, form: FormData) => Promise<State>;
  /** What it is told, by name. */
  given: Readonly<Record<string, string>>;
  label: string;
  variant?: ButtonVariant | undefined;
  /** Said when it has been done; absent: the page shows it. */
  saved?: string;
};

/** A form of the console that is a button alone. */
export function ConsoleButton({ does, given, label, variant, saved }: Props) {
  const [state, action, pending] = useActionState(does, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={[]}
      submit={label}
      {...(variant === undefined ? {} : { variant })}
      {...(saved === undefined ? {} : { saved })}
    >
      {() =>
        Object.entries(given).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))
      }
    </ConsoleForm>
  );
}
