'use client';

import type { Flag } from '@footfall/core/flag';
import type { SignUpMode } from '@footfall/db/runtime-settings';
import { type ComponentProps, useActionState } from 'react';
import { Field, SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleForm } from './console-form.tsx';
import { changeFlag, changeNotice, changeSignUp } from './settings-actions.ts';

type FormProps = Omit<ComponentProps<typeof ConsoleForm>, 'submit' | 'saved'>;

/** A form of these settings. */
function SettingForm(props: FormProps) {
  const words = useWords('staffSettings');
  return <ConsoleForm {...props} submit={words('save')} saved={words('saved')} />;
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
