'use client';

import { MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createGoal, removeGoal } from './goal-actions.ts';

/** A goal as the list shows it: `what` is the event or the pattern of pages that reaches it. */
export type GoalRow = {
  id: string;
  name: string;
  kind: 'event' | 'page';
  what: string;
  /** Its pattern has more wildcards than patterns may have by now, so that nothing reaches it. */
  leftOut: boolean;
};

const START: FormState = {};
const KINDS = ['event', 'page'] as const;

function GoalList({ siteId, goals }: { siteId: string; goals: readonly GoalRow[] }) {
  const words = useWords('goals');
  if (goals.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {goals.map(({ id, name, kind, what, leftOut }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
          <span className="min-w-0 flex-1 text-quiet wrap-anywhere">
            {words(kind)} <code className="font-mono text-xs">{what}</code>
            {leftOut && <span className="block text-worse">{words('leftOut', { most: MAX_WILDCARDS })}</span>}
          </span>
          <form action={removeGoal}>
            <input type="hidden" name="site" value={siteId} />
            <input type="hidden" name="id" value={id} />
            <Button type="submit" variant="danger" aria-label={words('removeNamed', { name })}>
              {words('remove')}
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
}

/** The goals of a site: what there are, naming one, removing one. They count for all of its history at once. */
export function Goals({ siteId, goals }: { siteId: string; goals: readonly GoalRow[] }) {
  const [state, action, pending] = useActionState(createGoal, START);
  const form = useErrorFocus(state);
  const words = useWords('goals');
  const { errorAt, general } = useFormErrors(state, ['name', 'event', 'page']);
  return (
    <div className="space-y-5">
      <GoalList siteId={siteId} goals={goals} />
      {general !== undefined && <ErrorNotice message={general} />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        <input type="hidden" name="site" value={siteId} />
        <Field
          label={words('name')}
          name="name"
          required
          maxLength={120}
          placeholder={words('sampleName')}
          defaultValue={state.values?.name}
          error={errorAt('name')}
        />
        <fieldset className="flex flex-wrap gap-x-5" key={`kind ${state.values?.kind}`}>
          <legend className="font-medium">{words('reachedBy')}</legend>
          {KINDS.map((kind) => (
            <label key={kind} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
              <input
                type="radio"
                name="kind"
                value={kind}
                defaultChecked={kind === (state.values?.kind ?? 'event')}
                className="size-4 accent-accent"
              />
              {words(kind)}
            </label>
          ))}
        </fieldset>
        <Field
          label={words('what')}
          name="what"
          required
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          placeholder={words('sampleWhat')}
          defaultValue={state.values?.what}
          hint={words('whatHint')}
          error={errorAt('event', 'page')}
        />
        <Button type="submit" pending={pending}>
          {words('add')}
        </Button>
      </form>
    </div>
  );
}
