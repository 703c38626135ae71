'use client';

import { useActionState, useId } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { findVisitor } from './visitor-data-actions.ts';

/** Downloads what there is of a visitor, or looks for it to have it deleted. */
export function VisitorDataForm({ siteId }: { siteId: string }) {
  const words = useWords('visitorData');
  const [state, action, pending] = useActionState(findVisitor, {});
  const form = useErrorFocus(state);
  const formId = useId();
  const { errorAt, general } = useFormErrors(state, ['visitor']);
  return (
    <div className="space-y-4">
      <form ref={form} id={formId} action={action} className="max-w-form space-y-4" noValidate>
        {general !== undefined && <ErrorNotice message={general} />}
        <input type="hidden" name="site" value={siteId} />
        <TypedField
          label={words('id')}
          name="visitor"
          maxLength={128}
          defaultValue={state.values?.visitor}
          hint={words('idHint')}
          error={errorAt('visitor')}
        />
      </form>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" form={formId} formAction={`/sites/${siteId}/visitor-export`} formMethod="post">
          {words('download')}
        </Button>
        <Button type="submit" form={formId} variant="danger" pending={pending}>
          {words('find')}
        </Button>
      </div>
    </div>
  );
}
