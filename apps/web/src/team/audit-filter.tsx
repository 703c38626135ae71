import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';

/** Which kind of entries the audit shows; a form of the address, so that it can be shared and needs no script. */
export function AuditFilterForm({ actions, chosen }: { actions: readonly string[]; chosen: string }) {
  const words = useWords('audit');
  return (
    <form action="/audit" className="flex flex-wrap items-end gap-3">
      <SelectField label={words('action')} name="action" defaultValue={chosen}>
        <option value="">{words('everything')}</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </SelectField>
      <Button type="submit">{words('show')}</Button>
    </form>
  );
}
