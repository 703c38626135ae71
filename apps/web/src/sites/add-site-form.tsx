'use client';

import { useActionState, useEffect, useState } from 'react';
import type { FormState } from '#runtime/form.ts';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { addSite } from './actions.ts';

const START: FormState = {};

export type Currency = { code: string; name: string };

type Choices = {
  timezones: readonly string[];
  currencies: { common: readonly Currency[]; others: readonly Currency[] };
};

const currencyOption = ({ code, name }: Currency) => (
  <option key={code} value={code}>
    {code} · {name}
  </option>
);

/** The zone that the browser lives in, once it is known. */
function useBrowserZone(): string | undefined {
  const [zone, setZone] = useState<string>();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setZone(own === 'UTC' ? 'Etc/UTC' : own);
  }, []);
  return zone;
}

export function AddSiteForm({ timezones, currencies }: Choices) {
  const [state, action, pending] = useActionState(addSite, START);
  const form = useErrorFocus(state);
  const browserZone = useBrowserZone();
  const { values } = state;
  const errorAt = (field: string) => (state.error?.field === field ? state.error.message : undefined);
  const general =
    state.error !== undefined && state.error.field === undefined ? state.error.message : undefined;
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label="Domain"
        name="domain"
        inputMode="url"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        placeholder="shop.example"
        defaultValue={values?.domain}
        hint="A pasted address is fine too"
        error={errorAt('domain')}
      />
      <SelectField
        // A form that was refused is reset to its defaults, so these have to be what was chosen.
        key={`zone ${values?.timezone ?? browserZone}`}
        label="Time zone"
        name="timezone"
        defaultValue={values?.timezone ?? browserZone ?? 'Etc/UTC'}
        hint="Days and hours of all reports follow it"
        error={errorAt('timezone')}
      >
        {/* Browsers differ in names: Asia/Calcutta here is Asia/Kolkata there. */}
        {[...new Set([...timezones, browserZone ?? 'Etc/UTC'])].map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
      <SelectField
        key={`currency ${values?.currency}`}
        label="Currency"
        name="currency"
        defaultValue={values?.currency ?? 'EUR'}
        hint="Revenue is reported in it"
        error={errorAt('currency')}
      >
        <optgroup label="Common">{currencies.common.map(currencyOption)}</optgroup>
        <optgroup label="All others">{currencies.others.map(currencyOption)}</optgroup>
      </SelectField>
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        Add site
      </Button>
    </form>
  );
}
