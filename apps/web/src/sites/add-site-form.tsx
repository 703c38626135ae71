'use client';

import { useActionState, useEffect, useState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { addSite } from './actions.ts';
import { guessCurrency } from './guess-currency.ts';
import { type Currency, CurrencyField, ZoneField } from './site-fields.tsx';

const START: FormState = {};
const SAMPLE_DOMAIN = 'shop.example';

type Choices = {
  timezones: readonly string[];
  currencies: { common: readonly Currency[]; others: readonly Currency[] };
};

/** The zone that the browser lives in and the currency that goes with it, once they are known. */
function useBrowserPlace(): { zone: string; currency: string } {
  const [place, setPlace] = useState({ zone: 'Etc/UTC', currency: 'EUR' });
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const zone = own === 'UTC' ? 'Etc/UTC' : own;
    setPlace({ zone, currency: guessCurrency(zone, navigator.languages) });
  }, []);
  return place;
}

export function AddSiteForm({ timezones, currencies }: Choices) {
  const [state, action, pending] = useActionState(addSite, START);
  const form = useErrorFocus(state);
  const place = useBrowserPlace();
  const { values } = state;
  const words = useWords('sites');
  const { errorAt, general } = useFormErrors(state, ['domain', 'timezone', 'currency']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('domain')}
        name="domain"
        inputMode="url"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        placeholder={SAMPLE_DOMAIN}
        defaultValue={values?.domain}
        hint={words('domainHint')}
        error={errorAt('domain')}
      />
      <ZoneField timezones={timezones} value={values?.timezone ?? place.zone} error={errorAt('timezone')} />
      <CurrencyField
        currencies={currencies}
        value={values?.currency ?? place.currency}
        error={errorAt('currency')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('add')}
      </Button>
    </form>
  );
}
