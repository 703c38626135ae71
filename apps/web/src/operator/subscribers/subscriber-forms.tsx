'use client';

import { PLAN_FEATURES, PLAN_LIMITS } from '@footfall/core/billing/terms';
import { useActionState } from 'react';
import { Field, SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleButton } from '../console-button.tsx';
import { ConsoleForm } from '../console-form.tsx';
import {
  addOverride,
  assignPlan,
  creditInvoice,
  endOverride,
  giveTrial,
  readAgain,
} from './subscriber-actions.ts';

type OfTenant = { tenant: string };
type ErrorAt = (...fields: readonly string[]) => string | undefined;
type Values = Readonly<Record<string, string>> | undefined;

function Tenant({ tenant }: OfTenant) {
  return <input type="hidden" name="tenant" value={tenant} />;
}

function Reason({ values, errorAt }: { values: Values; errorAt: ErrorAt }) {
  const words = useWords('subscriberConsole');
  return (
    <Field
      label={words('reason')}
      name="reason"
      required
      maxLength={500}
      defaultValue={values?.reason}
      error={errorAt('reason')}
    />
  );
}

function Until({ values, errorAt, hint }: { values: Values; errorAt: ErrorAt; hint: string }) {
  const words = useWords('subscriberConsole');
  return (
    <Field
      label={words('until')}
      name="until"
      type="date"
      hint={hint}
      defaultValue={values?.until}
      error={errorAt('until')}
    />
  );
}

/** Changes one limit, or one feature, for the tenant. */
export function OverrideForm({ tenant, kind }: OfTenant & { kind: 'limit' | 'feature' }) {
  const words = useWords('subscriberConsole');
  const limits = useWords('planConsole');
  const features = useWords('plans');
  const [state, action, pending] = useActionState(addOverride, {});
  const options =
    kind === 'limit'
      ? PLAN_LIMITS.map((name) => ({ name, label: limits(`limit.${name}`) }))
      : PLAN_FEATURES.map((name) => ({ name, label: features(`features.${name}`) }));
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['what', 'value', 'until', 'reason']}
      submit={words('give')}
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          <Tenant tenant={tenant} />
          <div className="grid items-start gap-3 sm:grid-cols-3">
            <SelectField
              key={`what ${state.values?.what}`}
              label={words(kind)}
              name="what"
              defaultValue={state.values?.what}
              error={errorAt('what')}
            >
              {options.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </SelectField>
            {kind === 'limit' ? (
              <Field
                label={words('value')}
                name="value"
                inputMode="numeric"
                hint={words('valueHint')}
                defaultValue={state.values?.value}
                error={errorAt('value')}
              />
            ) : (
              <SelectField
                key={`value ${state.values?.value}`}
                label={words('value')}
                name="value"
                defaultValue={state.values?.value ?? 'in'}
                error={errorAt('value')}
              >
                <option value="in">{words('in')}</option>
                <option value="out">{words('out')}</option>
              </SelectField>
            )}
            <Until values={state.values} errorAt={errorAt} hint={words('untilHint')} />
          </div>
          <Reason values={state.values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

/** Ends what was changed for the tenant. */
export function EndOverride({ tenant, id }: OfTenant & { id: string }) {
  const words = useWords('subscriberConsole');
  const [state, action, pending] = useActionState(endOverride, {});
  return (
    <ConsoleForm state={state} action={action} pending={pending} fields={[]} submit={words('end')}>
      {() => (
        <>
          <Tenant tenant={tenant} />
          <input type="hidden" name="id" value={id} />
        </>
      )}
    </ConsoleForm>
  );
}

type Choice = { name: string; title: string };

function PlanSelect({
  plans,
  values,
  errorAt,
}: {
  plans: readonly Choice[];
  values: Values;
  errorAt: ErrorAt;
}) {
  const words = useWords('subscriberConsole');
  return (
    <SelectField
      key={`plan ${values?.plan}`}
      label={words('plan')}
      name="plan"
      defaultValue={values?.plan}
      error={errorAt('plan')}
    >
      {plans.map(({ name, title }) => (
        <option key={name} value={name}>
          {title === name ? name : `${title} (${name})`}
        </option>
      ))}
    </SelectField>
  );
}

type TrialProps = OfTenant & { plans: readonly Choice[]; isSubscribed: boolean; formKey: string };

/** Lets the tenant try a plan; one that pays is asked for nothing for a while. */
export function TrialForm({ tenant, plans, isSubscribed, formKey }: TrialProps) {
  const words = useWords('subscriberConsole');
  const [state, action, pending] = useActionState(giveTrial, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['plan', 'until', 'reason']}
      submit={words(isSubscribed ? 'extend' : 'giveTrial')}
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          <Tenant tenant={tenant} />
          <input type="hidden" name="key" value={formKey} />
          <div className="grid items-start gap-3 sm:grid-cols-2">
            {isSubscribed ? (
              <input type="hidden" name="plan" value="" />
            ) : (
              <PlanSelect plans={plans} values={state.values} errorAt={errorAt} />
            )}
            <Until values={state.values} errorAt={errorAt} hint={words('dayHint')} />
          </div>
          <Reason values={state.values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

/** Puts the tenant on a plan by hand. */
export function AssignForm({ tenant, plans }: OfTenant & { plans: readonly Choice[] }) {
  const words = useWords('subscriberConsole');
  const [state, action, pending] = useActionState(assignPlan, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['plan', 'reason']}
      submit={words('assign')}
      saved={words('saved')}
    >
      {(errorAt) => (
        <>
          <Tenant tenant={tenant} />
          <PlanSelect plans={plans} values={state.values} errorAt={errorAt} />
          <Reason values={state.values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

type CreditProps = OfTenant & { invoices: readonly { id: string; label: string }[]; formKey: string };

/** Gives back what an invoice has taken, or a part of it. */
export function CreditForm({ tenant, invoices, formKey }: CreditProps) {
  const words = useWords('subscriberConsole');
  const [state, action, pending] = useActionState(creditInvoice, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={['invoice', 'amount', 'reason']}
      submit={words('credit')}
      variant="danger"
      saved={words('credited')}
    >
      {(errorAt) => (
        <>
          <Tenant tenant={tenant} />
          <input type="hidden" name="key" value={formKey} />
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <SelectField
              key={`invoice ${state.values?.invoice}`}
              label={words('invoice')}
              name="invoice"
              defaultValue={state.values?.invoice}
              error={errorAt('invoice')}
            >
              {invoices.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </SelectField>
            <Field
              label={words('amount')}
              name="amount"
              inputMode="decimal"
              hint={words('amountHint')}
              defaultValue={state.values?.amount}
              error={errorAt('amount')}
            />
          </div>
          <Reason values={state.values} errorAt={errorAt} />
        </>
      )}
    </ConsoleForm>
  );
}

/** Reads from Stripe what the tenant has paid for. */
export function ReadAgain({ tenant }: OfTenant) {
  const words = useWords('subscriberConsole');
  return (
    <ConsoleButton does={readAgain} given={{ tenant }} label={words('readAgain')} saved={words('hasRead')} />
  );
}
