'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { LOCALE_NAMES, LOCALES } from '#words/locale.ts';
import { useWords } from '#words/use-words.ts';
import { changeProfile, requestEmail } from './profile-actions.ts';
import { ProofForm } from './proof-form.tsx';

/** Changes what somebody is called, and the language of their mails: empty, the one of whoever causes them. */
export function ProfileForm({ name, locale }: { name: string; locale: string }) {
  const words = useWords('profile');
  const [state, action, pending] = useActionState(changeProfile, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['name']);
  return (
    <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('name')}
        name="name"
        autoComplete="name"
        required
        defaultValue={state.values?.name ?? name}
        error={errorAt('name')}
      />
      <SelectField label={words('locale')} name="locale" defaultValue={state.values?.locale ?? locale}>
        <option value="">{words('anyLocale')}</option>
        {LOCALE_NAMES.map((one) => (
          <option key={one} value={one}>
            {LOCALES[one]}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={pending}>
          {words('save')}
        </Button>
        <p role="status" className="text-quiet">
          {state.saved && !pending ? words('saved') : ''}
        </p>
      </div>
    </form>
  );
}

/** Asks for another address, which a link to it confirms. */
export function EmailForm({ isProven }: { isProven: boolean }) {
  const words = useWords('profile');
  const [state, action, pending] = useActionState(requestEmail, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['email']);
  if (state.isSent) return <p role="status">{words('sent')}</p>;
  if (!isProven || state.error?.code === 'proof_needed') return <ProofForm />;
  return (
    <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('newEmail')}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={words('newEmailHint')}
        defaultValue={state.values?.email}
        error={errorAt('email')}
      />
      <Button type="submit" pending={pending}>
        {words('sendLink')}
      </Button>
    </form>
  );
}
