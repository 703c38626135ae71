'use client';

import { useEffect, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { addSite } from './actions.ts';
import { guessCurrency } from './guess-currency.ts';
import { type Currency, CurrencyField, ZoneField } from './site-fields.tsx';

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
  const form = useForm(addSite, ['domain', 'timezone', 'currency']);
  const place = useBrowserPlace();
  const { values } = form.state;
  const words = useWords('sites');
  return (
    <Form of={form}>
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
        error={form.errorAt('domain')}
      />
      <ZoneField
        timezones={timezones}
        value={values?.timezone ?? place.zone}
        error={form.errorAt('timezone')}
      />
      <CurrencyField
        currencies={currencies}
        value={values?.currency ?? place.currency}
        error={form.errorAt('currency')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={form.pending}>
        {words('add')}
      </Button>
    </Form>
  );
}
