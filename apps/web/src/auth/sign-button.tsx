'use client';

import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { type AskedPasskey, usePasskey } from './use-passkey.ts';

/** Loaded when somebody presses the button: most people who sign in do not. */
const sign = async (
  options: Parameters<typeof import('@simplewebauthn/browser').startAuthentication>[0]['optionsJSON'],
) => (await import('@simplewebauthn/browser')).startAuthentication({ optionsJSON: options });

type SignOptions = Parameters<typeof sign>[0];

type SignButtonProps = {
  label: string;
  /** What is said when nothing came of it: the words of a page that has the button are its own. */
  problems: Readonly<Record<'cancelled' | 'failed', string>>;
  ask: (state: FormState, form: FormData) => Promise<AskedPasskey<SignOptions>>;
  /** What `useActionState` says of the action that takes what was signed. */
  proof: readonly [FormState, (form: FormData) => void, boolean];
  fields?: Readonly<Record<string, string>>;
};

/** Has the browser sign with a passkey. It keeps its place until the browser is known to have any: without scripts it does nothing. */
export function SignButton({ label, problems, ask, proof, fields = {} }: SignButtonProps) {
  const [state, finish, finishing] = proof;
  const { isSupported, problem, pending, start } = usePasskey({ ask, perform: sign, finish });
  const error = problem.error ?? (problem.said === undefined && !pending ? state.error : undefined);
  const { general } = useFormErrors(error === undefined ? {} : { error }, []);
  const said = problem.said === undefined ? general : problems[problem.said];
  const press = () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    start(form, new FormData());
  };
  return (
    <div className="space-y-3">
      {said !== undefined && <ErrorNotice message={said} />}
      <Button
        className={classNames('w-full', isSupported ? undefined : 'invisible')}
        pending={pending || finishing}
        onClick={press}
      >
        {label}
      </Button>
    </div>
  );
}
