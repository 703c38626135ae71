'use client';

import type { Flag } from '@footfall/core/flag';
import type { SignUpMode } from '@footfall/db/runtime-settings';
import { type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { changeFlag, changeNotice, changeSignUp } from './settings-actions.ts';

type Saved = FormState & { saved?: boolean };
type FormProps = {
  state: Saved;
  action: (form: FormData) => void;
  pending: boolean;
  /** Names of its fields. */
  fields: readonly string[];
  children: (errorAt: (field: string) => string | undefined) => ReactNode;
};

/** A form of these settings: it asks for a fresh proof where that is missing, and says that it has saved. */
function SettingForm({ state, action, pending, fields, children }: FormProps) {
  const words = useWords('staffSettings');
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, fields);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        {children((field) => errorAt(field))}
        <div className="flex items-center gap-3">
          <Button type="submit" pending={pending}>
            {words('save')}
          </Button>
          {state.saved && <span role="status">{words('saved')}</span>}
        </div>
      </form>
    </div>
  );
}

/** Who may sign up. */
export function SignUpForm({ mode, byVariable }: { mode: SignUpMode | null; byVariable: SignUpMode }) {
  const words = useWords('staffSettings');
  const [state, action, pending] = useActionState(changeSignUp, {});
  return (
    <SettingForm state={state} action={action} pending={pending} fields={['mode', 'reason']}>
      {(errorAt) => (
        <>
          <SelectField
            label={words('signUp')}
            name="mode"
            key={`mode ${mode}`}
            defaultValue={state.values?.mode ?? mode ?? 'default'}
            error={errorAt('mode')}
          >
            <option value="default">{words('byVariable', { mode: words(`modes.${byVariable}`) })}</option>
            <option value="open">{words('modes.open')}</option>
            <option value="invited">{words('modes.invited')}</option>
            <option value="closed">{words('modes.closed')}</option>
          </SelectField>
          <Field
            label={words('reason')}
            name="reason"
            required
            key={`reason ${mode}`}
            defaultValue={state.values?.reason}
            error={errorAt('reason')}
          />
        </>
      )}
    </SettingForm>
  );
}

type NoticeProps = { notice: { en: string; de: string; until: string } | null; most: number };

/** What all merchants are told. */
export function NoticeForm({ notice, most }: NoticeProps) {
  const words = useWords('staffSettings');
  const [state, action, pending] = useActionState(changeNotice, {});
  return (
    <SettingForm state={state} action={action} pending={pending} fields={['en', 'de', 'until']}>
      {(errorAt) => (
        <>
          {(['en', 'de'] as const).map((language) => (
            <Field
              key={`${language} ${notice?.[language]}`}
              label={words(`languages.${language}`)}
              name={language}
              lang={language}
              maxLength={most}
              defaultValue={state.values?.[language] ?? notice?.[language]}
              error={errorAt(language)}
            />
          ))}
          <Field
            key={`until ${notice?.until}`}
            label={words('until')}
            name="until"
            type="datetime-local"
            defaultValue={state.values?.until ?? notice?.until}
            hint={words('noticeHint')}
            error={errorAt('until')}
          />
        </>
      )}
    </SettingForm>
  );
}

/** Switches a flag, for all or for a tenant. */
export function FlagForm({ flags }: { flags: readonly Flag[] }) {
  const words = useWords('staffSettings');
  const [state, action, pending] = useActionState(changeFlag, {});
  return (
    <SettingForm
      state={state}
      action={action}
      pending={pending}
      fields={['flag', 'tenant', 'state', 'reason']}
    >
      {(errorAt) => (
        <>
          <SelectField
            label={words('flag')}
            name="flag"
            defaultValue={state.values?.flag}
            error={errorAt('flag')}
          >
            {flags.map((flag) => (
              <option key={flag} value={flag}>
                {words(`flags.${flag}.name`)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={words('state')}
            name="state"
            defaultValue={state.values?.state ?? 'off'}
            error={errorAt('state')}
          >
            <option value="off">{words('off')}</option>
            <option value="on">{words('on')}</option>
            <option value="default">{words('default')}</option>
          </SelectField>
          <Field
            label={words('tenant')}
            name="tenant"
            hint={words('tenantHint')}
            defaultValue={state.values?.tenant}
            error={errorAt('tenant')}
          />
          <Field
            label={words('reason')}
            name="reason"
            required
            defaultValue={state.values?.reason}
            error={errorAt('reason')}
          />
        </>
      )}
    </SettingForm>
  );
}
