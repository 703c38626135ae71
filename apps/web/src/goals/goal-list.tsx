'use client';

import { MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { useActionState, useState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { useFormats } from '#format/formats.ts';
import type { GoalFigure } from '#reports/goal-figures.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { removeGoal, renameGoal } from './goal-actions.ts';
import { RemovalButton } from './removal-button.tsx';

/** A goal as the list shows it: `what` is the event or the pattern of pages that reaches it. */
export type GoalRow = {
  id: string;
  name: string;
  kind: 'event' | 'page';
  what: string;
  /** Values that properties must have, by name. */
  props: Readonly<Record<string, string>>;
  /** Its pattern has more wildcards than patterns may have by now, so that nothing reaches it. */
  leftOut: boolean;
  /** What reached it lately; null: nothing. */
  figure: GoalFigure | null;
};

type ListProps = { siteId: string; goals: readonly GoalRow[]; currency: string };

const START: FormState & { renamed?: true } = {};

function RenameForm({ siteId, goal, close }: { siteId: string; goal: GoalRow; close: () => void }) {
  const words = useWords('goals');
  const [state, action, pending] = useActionState(async (before: typeof START, form: FormData) => {
    const after = await renameGoal(before, form);
    if (after.error === undefined) close();
    return after as typeof START;
  }, START);
  const { errorAt, general } = useFormErrors(state, ['name']);
  return (
    <form action={action} className="w-full space-y-2 py-1" noValidate>
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="id" value={goal.id} />
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('newName')}
        name="name"
        autoFocus
        required
        maxLength={120}
        defaultValue={state.values?.name ?? goal.name}
        error={errorAt('name')}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {words('saveName')}
        </Button>
        <Button variant="quiet" onClick={close}>
          {words('cancel')}
        </Button>
      </div>
    </form>
  );
}

function Reached({ figure, currency }: { figure: GoalFigure | null; currency: string }) {
  const words = useWords('goals');
  const formats = useFormats();
  if (figure === null) return <span className="text-quiet">{words('notReached')}</span>;
  const { visitors, events, revenue } = figure;
  return (
    <span className="tabular-nums">
      {words('reached', { visitors, events })}
      {revenue !== null && <span className="font-medium"> · {formats.money(revenue, currency)}</span>}
    </span>
  );
}

function GoalItem({ siteId, goal, currency }: { siteId: string; goal: GoalRow; currency: string }) {
  const words = useWords('goals');
  const [renaming, setRenaming] = useState(false);
  const { id, name, kind, what, props, leftOut, figure } = goal;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-quiet wrap-anywhere">
          {words(kind)} <code className="font-mono text-xs">{what}</code>
          {Object.entries(props).map(([prop, value]) => (
            <code key={prop} className="ml-1.5 rounded-sm bg-sunken px-1 font-mono text-xs">
              {prop} = {value}
            </code>
          ))}
          {leftOut && <span className="block text-worse">{words('leftOut', { most: MAX_WILDCARDS })}</span>}
        </p>
        {!leftOut && (
          <p className="text-xs">
            <Reached figure={figure} currency={currency} />
          </p>
        )}
      </div>
      <div className="flex gap-2">
        <Button
          variant="quiet"
          aria-label={words('renameNamed', { name })}
          aria-expanded={renaming}
          onClick={() => setRenaming(!renaming)}
        >
          {words('rename')}
        </Button>
        <RemovalButton
          action={removeGoal}
          siteId={siteId}
          id={id}
          text={words('remove')}
          label={words('removeNamed', { name })}
        />
      </div>
      {renaming && <RenameForm siteId={siteId} goal={goal} close={() => setRenaming(false)} />}
    </li>
  );
}

/** The goals of a site, with what reached them lately. */
export function GoalList({ siteId, goals, currency }: ListProps) {
  const words = useWords('goals');
  if (goals.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {goals.map((goal) => (
        <GoalItem key={goal.id} siteId={siteId} goal={goal} currency={currency} />
      ))}
    </ul>
  );
}
