'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { proveWithProvider } from './provider-actions.ts';

/** In place of what a session that a team's provider has begun cannot change. `isProven`: there is nothing to confirm for now. */
export function TeamSessionPanel({ providerId, isProven }: { providerId: string; isProven: boolean }) {
  const words = useWords('waysIn');
  const [state, action, pending] = useActionState(proveWithProvider, {});
  const { general } = useFormErrors(state, []);
  return (
    <Panel aria-labelledby="ways-in">
      <PanelHead id="ways-in" title={words('teamTitle')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('teamText')}</p>
        {!isProven && (
          <form action={action} className="space-y-2">
            {general !== undefined && <ErrorNotice message={general} />}
            <input type="hidden" name="provider" value={providerId} />
            <Button type="submit" pending={pending}>
              {words('prove')}
            </Button>
          </form>
        )}
      </div>
    </Panel>
  );
}
