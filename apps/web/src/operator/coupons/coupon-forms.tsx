'use client';

import { PRICE_CURRENCIES } from '@footfall/core/billing/typed-amount';
import { useActionState } from 'react';
import { Field, SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleButton } from '../console-button.tsx';
import { ConsoleForm } from '../console-form.tsx';
import { addCode, createCoupon, endCoupon } from './coupon-actions.ts';

type Part = {
  values: Readonly<Record<string, string>> | undefined;
  errorAt: (...fields: readonly string[]) => string | undefined;
};

/** How often, until when, and by which code. */
function Bounds({ values, errorAt }: Part) {
  const words = useWords('coupons');
  return (
    <div className="grid items-start gap-3 sm:grid-cols-3">
      <Field
        label={words('code')}
        name="code"
        required
        maxLength={40}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        defaultValue={values?.code}
        error={errorAt('code')}
      />
      <Field
        label={words('most')}
        name="most"
        inputMode="numeric"
        hint={words('mostHint')}
        defaultValue={values?.most}
        error={errorAt('most')}
      />
      <Field
        label={words('until')}
        name="until"
        type="date"
        hint={words('untilHint')}
        defaultValue={values?.until}
        error={errorAt('until')}
      />
    </div>
  );
}

function What({ values, errorAt }: Part) {
  const words = useWords('coupons');
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <SelectField
        key={`kind ${values?.kind}`}
        label={words('kind')}
        name="kind"
        defaultValue={values?.kind ?? 'percent'}
      >
        <option value="percent">{words('percent')}</option>
        {PRICE_CURRENCIES.map((currency) => (
          <option key={currency} value={currency}>
            {words('amountOf', { currency })}
          </option>
        ))}
      </SelectField>
      <Field
        label={words('off')}
        name="off"
        inputMode="decimal"
        required
        defaultValue={values?.off}
        error={errorAt('off')}
      />
      <SelectField
        key={`duration ${values?.duration}`}
        label={words('duration')}
        name="duration"
        defaultValue={values?.duration ?? 'once'}
      >
        <option value="once">{words('durations.once')}</option>
        <option value="repeating">{words('durations.repeating')}</option>
        <option value="forever">{words('durations.forever')}</option>
      </SelectField>
      <Field
        label={words('months')}
        name="months"
        inputMode="numeric"
        hint={words('monthsHint')}
        defaultValue={values?.months}
        error={errorAt('months')}
      />
    </div>
  );
}

type CouponProps = { plans: readonly { name: string; title: string }[]; formKey: string };

/** Makes a coupon with a code. A form that was saved is made anew, so that the next coupon is another one. */
export function CouponForm({ plans, formKey }: CouponProps) {
  const words = useWords('coupons');
  const [state, action, pending] = useActionState(createCoupon, {});
  const { values } = state;
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['name', 'off', 'months', 'plan', 'most', 'until', 'code']}
      submit={words('create')}
      variant="primary"
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          <input type="hidden" name="key" value={formKey} />
          <Field
            label={words('name')}
            name="name"
            required
            maxLength={40}
            hint={words('nameHint')}
            defaultValue={values?.name}
            error={errorAt('name')}
          />
          <What values={values} errorAt={errorAt} />
          <SelectField
            key={`plan ${values?.plan}`}
            label={words('plan')}
            name="plan"
            defaultValue={values?.plan ?? ''}
            error={errorAt('plan')}
          >
            <option value="">{words('allPlans')}</option>
            {plans.map(({ name, title }) => (
              <option key={name} value={name}>
                {title} ({name})
              </option>
            ))}
          </SelectField>
          <Bounds values={values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

/** Makes another code of a coupon. */
export function CodeForm({ coupon, formKey }: { coupon: string; formKey: string }) {
  const words = useWords('coupons');
  const [state, action, pending] = useActionState(addCode, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['code', 'most', 'until']}
      submit={words('addCode')}
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          <input type="hidden" name="coupon" value={coupon} />
          <input type="hidden" name="key" value={formKey} />
          <Bounds values={state.values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

/** Ends a code or a coupon. */
export function EndCoupon({ kind, id }: { kind: 'code' | 'coupon'; id: string }) {
  const words = useWords('coupons');
  const label = words(kind === 'code' ? 'endCode' : 'endCoupon');
  return <ConsoleButton does={endCoupon} given={{ kind, id }} label={label} />;
}
