'use client';

import { useActionState } from 'react';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { endOtherSessions, endSessionOfList } from './session-actions.ts';

/** A session as the list shows it; `browser` and `from` are empty where they are not known. */
export type SessionRow = {
  key: string;
  browser: string;
  from: string;
  lastSeen: string;
  isCurrent: boolean;
};

function EndSession({ row }: { row: SessionRow }) {
  const words = useWords('account');
  const [, action, pending] = useActionState(endSessionOfList, {});
  return (
    <form action={action}>
      <input type="hidden" name="key" value={row.key} />
      <Button
        type="submit"
        variant="danger"
        pending={pending}
        aria-label={words('endSessionNamed', { browser: row.browser })}
      >
        {words('endSession')}
      </Button>
    </form>
  );
}

/** Where somebody is signed in, and the ways to end it. */
export function SessionList({ sessions }: { sessions: readonly SessionRow[] }) {
  const words = useWords('account');
  const [, action, pending] = useActionState(endOtherSessions, {});
  return (
    <div className="space-y-4">
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map((row) => (
          <li key={row.key} className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <span className="wrap-anywhere">
                  {row.browser === '' ? words('unknownBrowser') : row.browser}
                </span>
                {row.isCurrent && <Badge>{words('thisBrowser')}</Badge>}
              </p>
              <p className="text-quiet tabular-nums">
                {row.from === '' ? row.lastSeen : `${row.from} · ${row.lastSeen}`}
              </p>
            </div>
            {!row.isCurrent && <EndSession row={row} />}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form action={action}>
          <Button type="submit" pending={pending}>
            {words('endOthers')}
          </Button>
        </form>
      )}
    </div>
  );
}
