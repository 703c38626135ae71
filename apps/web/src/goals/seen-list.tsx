'use client';

import { MAX_NAME } from '@footfall/core/validate';
import { Plus } from 'lucide-react';
import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { useFormats } from '#format/formats.ts';
import type { Seen } from '#reports/goal-figures.ts';
import { Button } from '#ui/button.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createGoal } from './goal-actions.ts';

const START: FormState = {};

type Kind = 'event' | 'page';

function SeenItem({ siteId, kind, seen: { text, count } }: { siteId: string; kind: Kind; seen: Seen }) {
  const words = useWords('goals');
  const formats = useFormats();
  const [state, action, pending] = useActionState(createGoal, START);
  const { general } = useFormErrors(state, []);
  return (
    <li className="py-1">
      <form action={action} className="flex items-center gap-3">
        <input type="hidden" name="site" value={siteId} />
        <input type="hidden" name="name" value={text.slice(0, MAX_NAME)} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="what" value={text} />
        <code className="min-w-0 flex-1 truncate font-mono text-xs" title={text}>
          {text}
        </code>
        <span className="text-quiet tabular-nums">{formats.shortCount(count)}</span>
        <Button
          type="submit"
          variant="quiet"
          pending={pending}
          aria-label={words('makeGoalOf', { text })}
          className="px-2.5"
        >
          <Plus aria-hidden className="size-4" />
        </Button>
      </form>
      {general !== undefined && (
        <p role="alert" className="text-worse">
          {general}
        </p>
      )}
    </li>
  );
}

/** What was seen on the site and is not a goal yet: one press makes one of it. */
export function SeenList({ siteId, kind, seen }: { siteId: string; kind: Kind; seen: readonly Seen[] }) {
  const words = useWords('goals');
  if (seen.length === 0) return null;
  return (
    <section className="min-w-0">
      <h3 className="pb-1 font-medium">{words(kind === 'event' ? 'seenEvents' : 'seenPages')}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {seen.map((one) => (
          <SeenItem key={one.text} siteId={siteId} kind={kind} seen={one} />
        ))}
      </ul>
    </section>
  );
}
