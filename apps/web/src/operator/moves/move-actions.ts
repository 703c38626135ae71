'use server';

import { moveStep } from '@footfall/billing/moves/move';
import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { formFailure, text } from '#access/form.ts';
import { moveManner, saveMove, saveMoveStep } from './move-console.ts';

/** Begins to move the subscribers of a version of a plan. */
export const startMove = staffAction('operator/moves/move-actions.startMove', {
  schema: z.strictObject({ from: text(), to: text(), manner: text(), until: text(), reason: text() }),
  run: async ({ input: { from, to, manner: said, until, reason }, actor }) => {
    const manner = moveManner(said);
    if (manner === null)
      throw formFailure('invalid_form', `${said} is not a way to move`, { where: 'manner' });
    const trialEndsAt = until.trim() === '' ? null : Date.parse(`${until}T00:00:00Z`);
    await saveMove({ from, to, manner, trialEndsAt, reason, actor });
    return { saved: true };
  },
});

/** Pauses a move, goes on with it, calls it off, or tries those again who failed. */
export const changeMove = staffAction('operator/moves/move-actions.changeMove', {
  schema: z.strictObject({ move: text(), step: text() }),
  run: async ({ input: { move, step: said }, actor }) => {
    const step = moveStep(said);
    if (step === null) throw formFailure('invalid_form', `${said} is not a step of a move`);
    await saveMoveStep({ id: move, step, actor });
    return { saved: true };
  },
});
