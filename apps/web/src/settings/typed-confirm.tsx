'use client';

import { type ReactNode, useActionState, useId } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { deleteSite, resetSite } from './life-actions.ts';
import { moveSite } from './move-actions.ts';

type Props = { siteId: string; domain: string };
type State = FormState & { saved?: boolean };
type Act = (state: State, form: FormData) => Promise<State>;

/** What each of them is called; the button says what it does. */
const WORDS = {
  reset: { field: 'typeToReset', button: 'reset', done: 'resetBegun' },
  delete: { field: 'typeToDelete', button: 'delete', done: 'deleted' },
  move: { field: 'typeToMove', button: 'move', done: 'moved' },
} as const;

type ConfirmProps = Props & {
  act: Act;
  what: keyof typeof WORDS;
  /** What is to be chosen besides, by what was wrong at a field. */
  children?: (state: State, errorAt: (field: string) => string | undefined) => ReactNode;
};

/** What is not done by accident: whoever does it types the domain of the site, and has proved lately who they are. */
function TypedConfirm({ siteId, domain, act, what, children }: ConfirmProps) {
  const [state, action, pending] = useActionState(act, {});
  const form = useErrorFocus(state);
  const words = useWords('life');
  const formId = useId();
  const { errorAt, general } = useFormErrors(state, ['domain', 'team']);
  const needsProof = state.error?.code === 'proof_needed';
  const { field, button, done } = WORDS[what];
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <form ref={form} id={formId} action={action} className="space-y-4" noValidate>
        <input type="hidden" name="site" value={siteId} />
        {children?.(state, errorAt)}
        <TypedField
          label={words(field, { domain })}
          name="domain"
          defaultValue={state.values?.domain}
          error={errorAt('domain')}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" variant="danger" pending={pending}>
            {words(button)}
          </Button>
          {state.saved && (
            <p role="status" className="text-quiet">
              {words(done)}
            </p>
          )}
        </div>
      </form>
    </div>
  );
}

/** Removes all data of a site. */
export const ResetSite = (props: Props) => <TypedConfirm {...props} act={resetSite} what="reset" />;

/** Deletes a site. */
export const DeleteSite = (props: Props) => <TypedConfirm {...props} act={deleteSite} what="delete" />;

/** Moves a site to another team of whoever looks. */
export function MoveSite({ teams, ...props }: Props & { teams: readonly { id: string; name: string }[] }) {
  const words = useWords('life');
  return (
    <TypedConfirm {...props} act={moveSite} what="move">
      {(state, errorAt) => (
        <SelectField
          key={`team ${state.values?.team}`}
          label={words('moveTeam')}
          name="team"
          defaultValue={state.values?.team ?? teams[0]?.id}
          error={errorAt('team')}
        >
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </TypedConfirm>
  );
}
