'use client';

import type { WeekStart } from '@footfall/core/zone';
import { useActionState } from 'react';
import { type Currency, CurrencyField, WeekStartField, ZoneField } from '#sites/site-fields.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { updateSite } from './site-actions.ts';

type Props = {
  site: { id: string; timezone: string; currency: string; weekStart: WeekStart };
  /** The zone that history is being counted anew for, if any. */
  pendingTimezone: string | null;
  timezones: readonly string[];
  currencies: { common: readonly Currency[]; others: readonly Currency[] };
};

/** Time zone, currency and weeks of a site; all of them change what its history says. */
export function SiteDetails({ site, pendingTimezone, timezones, currencies }: Props) {
  const [state, action, pending] = useActionState(updateSite, {});
  const words = useWords('details');
  const { errorAt, general } = useFormErrors(state, ['timezone', 'currency', 'weekStart']);
  return (
    <form action={action} className="space-y-4 pt-2" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      {pendingTimezone !== null && (
        <p role="status" className="rounded-md border border-line bg-sunken px-3 py-2 text-quiet">
          {words('recounting', {
            next: pendingTimezone.replaceAll('_', ' '),
            now: site.timezone.replaceAll('_', ' '),
          })}
        </p>
      )}
      <input type="hidden" name="site" value={site.id} />
      <ZoneField
        timezones={timezones}
        value={state.values?.timezone ?? pendingTimezone ?? site.timezone}
        error={errorAt('timezone')}
      />
      <CurrencyField
        currencies={currencies}
        value={state.values?.currency ?? site.currency}
        error={errorAt('currency')}
      />
      <WeekStartField value={state.values?.weekStart ?? site.weekStart} error={errorAt('weekStart')} />
      <div className="flex items-center gap-4">
        <Button type="submit" pending={pending}>
          {words('save')}
        </Button>
        {state.saved && (
          <p role="status" className="text-quiet">
            {words('saved')}
          </p>
        )}
      </div>
    </form>
  );
}
