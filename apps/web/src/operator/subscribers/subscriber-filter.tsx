import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { SUBSCRIBER_STATES } from './subscriber-console.ts';

type Props = { path: string; search: string; state: string; plan: string; plans: readonly string[] };

/** Narrows the list of tenants; what is chosen stands in the address. */
export function SubscriberFilter({ path, search, state, plan, plans }: Props) {
  const words = useWords('subscriberConsole');
  return (
    <form action={path} className="grid items-end gap-3 sm:grid-cols-[2fr_1fr_1fr_auto]">
      <Field label={words('search')} name="search" type="search" defaultValue={search} maxLength={200} />
      <SelectField label={words('state')} name="state" defaultValue={state}>
        <option value="">{words('any')}</option>
        {SUBSCRIBER_STATES.map((one) => (
          <option key={one} value={one}>
            {words(`states.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={words('plan')} name="plan" defaultValue={plan}>
        <option value="">{words('any')}</option>
        {plans.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
      <Button type="submit">{words('find')}</Button>
    </form>
  );
}
