'use client';

import { shownHost } from '@footfall/core/host';
import { useState } from 'react';
import type { FormState } from '#access/form-state.ts';
import type { SiteLabel } from '#sites/site-label.ts';
import { useWords } from '#words/use-words.ts';

type Props = {
  sites: readonly SiteLabel[];
  /** What is ticked at first. */
  chosen: 'all' | readonly string[];
  error?: string | undefined;
};

const KINDS = ['all', 'some'] as const;

/** What a form that was refused had chosen, else what stands there at first. */
export function chosenAgain(
  { ticked }: Pick<FormState, 'ticked'>,
  before: Props['chosen'],
): { key: string; chosen: Props['chosen'] } {
  const chosen = ticked === undefined ? before : ticked.access?.[0] === 'all' ? 'all' : (ticked.sites ?? []);
  // A form that was refused is reset to its defaults: it is made anew with what had been chosen.
  return { key: `sites ${chosen}`, chosen };
}

/** All sites of the team, or those that are ticked. */
export function SiteChoiceFields({ sites, chosen, error }: Props) {
  const words = useWords('team');
  const [access, setAccess] = useState(chosen === 'all' ? 'all' : 'some');
  return (
    <fieldset className="space-y-1">
      <legend className="font-medium">{words('sites')}</legend>
      <div className="flex flex-wrap gap-x-5">
        {KINDS.map((kind) => (
          <label key={kind} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input
              type="radio"
              name="access"
              value={kind}
              checked={access === kind}
              onChange={() => setAccess(kind)}
              className="size-4 accent-accent"
            />
            {words(`access.${kind}`)}
          </label>
        ))}
      </div>
      {access === 'some' && (
        <ul className="max-h-56 overflow-y-auto rounded-md border border-line px-3 py-1">
          {sites.map(({ id, domain }) => (
            <li key={id}>
              <label className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
                <input
                  type="checkbox"
                  name="sites"
                  value={id}
                  defaultChecked={chosen !== 'all' && chosen.includes(id)}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0 wrap-anywhere">{shownHost(domain)}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <p className="text-worse">{error}</p>}
    </fieldset>
  );
}
