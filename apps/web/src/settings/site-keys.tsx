'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { endSiteKey, rotateSiteKey } from './site-key-actions.ts';

type Grace = { least: number; usual: number; most: number };

/** Gives the site another key, with how long the one before goes on. */
export function RotateKey({ siteId, grace }: { siteId: string; grace: Grace }) {
  const [state, action, pending] = useActionState(rotateSiteKey, {});
  const form = useErrorFocus(state);
  const words = useWords('siteKey');
  const { errorAt, general } = useFormErrors(state, ['graceDays']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        <input type="hidden" name="site" value={siteId} />
        <Field
          label={words('grace')}
          name="graceDays"
          type="number"
          inputMode="numeric"
          required
          min={grace.least}
          max={grace.most}
          className="max-w-32"
          defaultValue={state.values?.graceDays ?? grace.usual}
          hint={words('graceHint')}
          error={errorAt('graceDays')}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" pending={pending}>
            {words('rotate')}
          </Button>
          {state.saved && (
            <p role="status" className="text-quiet">
              {words('rotated')}
            </p>
          )}
        </div>
      </form>
    </div>
  );
}

/** A former key, with times and numbers as the reader writes them. */
export type FormerKeyRow = { siteKey: string; endsAt: string; events: string; lastEventAt: string | null };

function FormerKey({ siteId, row }: { siteId: string; row: FormerKeyRow }) {
  const [state, action, pending] = useActionState(endSiteKey, {});
  const words = useWords('siteKey');
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  const { siteKey, endsAt, events, lastEventAt } = row;
  return (
    <li className="space-y-3 py-2.5">
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 space-y-0.5">
          <code className="font-mono text-xs">{siteKey}</code>
          <p className="text-quiet">{words('ends', { when: endsAt })}</p>
          <p className="text-quiet tabular-nums">
            {lastEventAt === null ? words('unused') : words('used', { count: events, when: lastEventAt })}
          </p>
        </div>
        <form action={action}>
          <input type="hidden" name="site" value={siteId} />
          <input type="hidden" name="key" value={siteKey} />
          <Button
            type="submit"
            variant="danger"
            pending={pending}
            aria-label={words('endNamed', { key: siteKey })}
          >
            {words('end')}
          </Button>
        </form>
      </div>
    </li>
  );
}

/** The keys that the site had before and that are still taken. */
export function FormerKeys({ siteId, rows }: { siteId: string; rows: readonly FormerKeyRow[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <FormerKey key={row.siteKey} siteId={siteId} row={row} />
      ))}
    </ul>
  );
}
