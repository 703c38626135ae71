import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { MOST_SEARCHED } from './tenants.ts';

type Props = { path: string; label: string; find: string; search: string };

/** Looks for something in a list of the console; what is looked for stands in the address. */
export function SearchForm({ path, label, find, search }: Props) {
  return (
    <form action={path} className="flex max-w-text flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-60">
        <Field label={label} name="search" type="search" defaultValue={search} maxLength={MOST_SEARCHED} />
      </div>
      <Button type="submit">{find}</Button>
    </form>
  );
}
