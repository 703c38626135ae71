'use client';

import { PLAN_FEATURES, PLAN_LIMITS } from '@footfall/core/billing/terms';
import { PRICE_CURRENCIES } from '@footfall/core/billing/typed-amount';
import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Field, SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleForm } from '../console-form.tsx';
import { createPlan, saveDraft } from './plan-actions.ts';
import { PRICE_FIELDS, PRICE_ROWS } from './plan-fields.ts';

/** What a form of a plan begins with: its texts by the names of their fields. */
export type PlanFormValues = {
  texts: Readonly<Record<string, string>>;
  features: readonly string[];
  isPublic: boolean;
};

type Part = {
  values: Readonly<Record<string, string>>;
  errorAt: (...fields: readonly string[]) => string | undefined;
};

function Limits({ values, errorAt }: Part) {
  const words = useWords('planConsole');
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">{words('limits')}</legend>
      <p className="text-quiet">{words('limitsHint')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {PLAN_LIMITS.map((limit) => (
          <Field
            key={limit}
            label={words(`limit.${limit}`)}
            name={limit}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={values[limit]}
            error={errorAt(limit)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function PriceRow({ row, values, errorAt }: Part & { row: number }) {
  const words = useWords('planConsole');
  const currency = values[`currency${row}`] ?? '';
  return (
    <div className="grid grid-cols-3 items-start gap-2 sm:gap-3">
      <SelectField
        key={currency}
        label={words('currency', { row })}
        name={`currency${row}`}
        defaultValue={currency}
        error={errorAt(`currency${row}`)}
      >
        <option value="">–</option>
        {PRICE_CURRENCIES.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </SelectField>
      {(['month', 'year'] as const).map((interval) => (
        <Field
          key={interval}
          label={words(interval)}
          name={`${interval}${row}`}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values[`${interval}${row}`]}
          error={errorAt(`${interval}${row}`)}
        />
      ))}
    </div>
  );
}

function Prices(part: Part) {
  const words = useWords('planConsole');
  const general = part.errorAt('prices');
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">{words('prices')}</legend>
      <p className="text-quiet">{words('pricesHint')}</p>
      {general !== undefined && <p className="text-worse">{general}</p>}
      {PRICE_ROWS.map((row) => (
        <PriceRow key={row} row={row} {...part} />
      ))}
    </fieldset>
  );
}

function Choices({ features, isPublic }: Pick<PlanFormValues, 'features' | 'isPublic'>) {
  const words = useWords('planConsole');
  const names = useWords('plans');
  const box = (name: string, value: string, isOn: boolean, label: string) => (
    <label key={value} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
      <input
        type="checkbox"
        name={name}
        {...(value === 'on' ? {} : { value })}
        defaultChecked={isOn}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  );
  return (
    <>
      <fieldset>
        <legend className="font-medium">{words('features')}</legend>
        <div className="grid sm:grid-cols-2">
          {PLAN_FEATURES.map((feature) =>
            box('features', feature, features.includes(feature), names(`features.${feature}`)),
          )}
        </div>
      </fieldset>
      {box('isPublic', 'on', isPublic, words('isPublic'))}
    </>
  );
}

const FIELDS = ['family', 'title', 'description', 'prices', ...PLAN_LIMITS, ...PRICE_FIELDS];

type Props = {
  start: PlanFormValues;
  /** The draft that is edited; null: a plan is made. */
  plan: string | null;
  bounds: { title: number; description: number };
};

/** Writes a draft of a plan: a new one, or one that is there. */
export function PlanForm({ start, plan, bounds }: Props) {
  const words = useWords('planConsole');
  const [state, action, pending] = useActionState<FormState & { saved?: boolean }, FormData>(
    plan === null ? createPlan : saveDraft,
    {},
  );
  const values = state.values ?? start.texts;
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={FIELDS}
      submit={words(plan === null ? 'create' : 'save')}
      variant={plan === null ? 'primary' : 'secondary'}
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          {plan === null ? (
            <Field
              label={words('family')}
              name="family"
              required
              autoCapitalize="none"
              spellCheck={false}
              hint={words('familyHint')}
              defaultValue={values.family}
              error={errorAt('family')}
            />
          ) : (
            <input type="hidden" name="plan" value={plan} />
          )}
          <Field
            label={words('planTitle')}
            name="title"
            required
            maxLength={bounds.title}
            defaultValue={values.title}
            error={errorAt('title')}
          />
          <Field
            label={words('description')}
            name="description"
            maxLength={bounds.description}
            defaultValue={values.description}
            error={errorAt('description')}
          />
          <Prices values={values} errorAt={errorAt} />
          <Limits values={values} errorAt={errorAt} />
          <Choices features={start.features} isPublic={start.isPublic} />
        </>
      )}
    </ConsoleForm>
  );
}
