'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { linkProvider, proveWithProvider, unlinkProvider } from './provider-actions.ts';

/** A provider as the list shows it; `email` is empty where it told none. */
type WayIn = { id: string; name: string; isLinked: boolean; email: string };

const ACTIONS = { link: linkProvider, unlink: unlinkProvider, prove: proveWithProvider };

function Act({ way, row: { id, name } }: { way: keyof typeof ACTIONS; row: WayIn }) {
  const words = useWords('waysIn');
  const [state, action, pending] = useActionState(ACTIONS[way], {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-2">
      <input type="hidden" name="provider" value={id} />
      <Button
        type="submit"
        variant={way === 'unlink' ? 'danger' : 'secondary'}
        pending={pending}
        aria-label={words(`${way}Named`, { provider: name })}
      >
        {words(way)}
      </Button>
      {general !== undefined && <ErrorNotice message={general} />}
    </form>
  );
}

/** Providers, each with what can be done with it: nothing is linked or unlinked by a session that was only left open. */
export function WaysIn({ rows, isProven }: { rows: readonly WayIn[]; isProven: boolean }) {
  const words = useWords('waysIn');
  return (
    <ul className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <li key={row.id} className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <div className="min-w-0 flex-1">
            <p className="font-medium wrap-anywhere">{row.name}</p>
            <p className="text-quiet wrap-anywhere">
              {row.isLinked
                ? words(row.email === '' ? 'linkedHere' : 'linked', { email: row.email })
                : words('notLinked')}
            </p>
          </div>
          {row.isLinked && !isProven && <Act way="prove" row={row} />}
          <Act way={row.isLinked ? 'unlink' : 'link'} row={row} />
        </li>
      ))}
    </ul>
  );
}
