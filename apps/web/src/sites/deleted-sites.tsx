'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { undoDeletion } from './deleted-actions.ts';

/** A site that was deleted, with times as the reader writes them. */
export type DeletedRow = {
  siteId: string;
  domain: string;
  state: 'undo' | 'emptying' | 'emptied';
  when: string;
  /** Events that went with it. */
  events: string;
};

function DeletedSite({ siteId, domain, state: at, when, events }: DeletedRow) {
  const [state, action, pending] = useActionState(undoDeletion, {});
  const words = useWords('siteList');
  const { general } = useFormErrors(state, []);
  return (
    <li className="space-y-2 py-2.5">
      {general !== undefined && <ErrorNotice message={general} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="font-medium wrap-anywhere">{domain}</p>
          <p className="text-quiet">{words(at, { when, events })}</p>
        </div>
        {at === 'undo' && (
          <form action={action}>
            <input type="hidden" name="site" value={siteId} />
            <Button type="submit" pending={pending} aria-label={words('undoNamed', { domain })}>
              {words('undoButton')}
            </Button>
          </form>
        )}
      </div>
    </li>
  );
}

/** The sites that the tenant has deleted: until when each can be brought back, or when the last of it was gone. */
export function DeletedSites({ rows }: { rows: readonly DeletedRow[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <DeletedSite key={row.siteId} {...row} />
      ))}
    </ul>
  );
}
