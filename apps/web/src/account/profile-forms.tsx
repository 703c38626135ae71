'use client';

import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { LOCALE_NAMES, LOCALES } from '#words/locale.ts';
import { useWords } from '#words/use-words.ts';
import { changeProfile, requestEmail } from './profile-actions.ts';
import { ProofForm } from './proof-form.tsx';

/** Changes what somebody is called, and the language of their mails: empty, the one of whoever causes them. */
export function ProfileForm({ name, locale }: { name: string; locale: string }) {
  const words = useWords('profile');
  const form = useForm(changeProfile, ['name']);
  return (
    <Form of={form} className="max-w-form space-y-4">
      <Field label={words('name')} {...form.field('name', name)} autoComplete="name" required />
      <SelectField label={words('locale')} name="locale" defaultValue={form.state.values?.locale ?? locale}>
        <option value="">{words('anyLocale')}</option>
        {LOCALE_NAMES.map((one) => (
          <option key={one} value={one}>
            {LOCALES[one]}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={form.pending}>
          {words('save')}
        </Button>
        <p role="status" className="text-quiet">
          {form.state.saved && !form.pending ? words('saved') : ''}
        </p>
      </div>
    </Form>
  );
}

/** Asks for another address, which a link to it confirms. */
export function EmailForm({ isProven }: { isProven: boolean }) {
  const words = useWords('profile');
  const form = useForm(requestEmail, ['email']);
  if (form.state.isSent) return <p role="status">{words('sent')}</p>;
  if (!isProven || form.state.error?.code === 'proof_needed') return <ProofForm />;
  return (
    <Form of={form} className="max-w-form space-y-4">
      <Field
        label={words('newEmail')}
        {...form.field('email')}
        type="email"
        autoComplete="email"
        required
        hint={words('newEmailHint')}
      />
      <Button type="submit" pending={form.pending}>
        {words('sendLink')}
      </Button>
    </Form>
  );
}
