'use server';

import { SIGN_UP_MODES } from '@footfall/db/runtime-settings';
import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { saveFlag, saveNotice, saveSignUp } from './settings.ts';

/** Who may sign up from now on. */
export const changeSignUp = staffAction('operator/settings-actions.changeSignUp', {
  schema: z.strictObject({ mode: text(), reason: text() }),
  run: async ({ input: { mode, reason }, actor }) => {
    // Anything else than a mode: as the variable says.
    await saveSignUp({ mode: SIGN_UP_MODES.find((one) => one === mode) ?? null, reason, actor });
    return { saved: true };
  },
});

/** What all merchants are told; without any text: nothing. */
export const changeNotice = staffAction('operator/settings-actions.changeNotice', {
  schema: z.strictObject({ en: text(), de: text(), until: text() }),
  run: async ({ input: { en, de, until }, actor }) => {
    // The form's times are UTC.
    const notice = en.trim() === '' && de.trim() === '' ? null : { en, de, until: Date.parse(`${until}Z`) };
    await saveNotice({ notice, actor });
    return { saved: true };
  },
});

const STATES: Readonly<Record<string, boolean>> = { on: true, off: false };

/** Switches a flag for all or for a tenant. */
export const changeFlag = staffAction('operator/settings-actions.changeFlag', {
  schema: z.strictObject({ flag: text(), tenant: text(), state: text(), reason: text() }),
  run: async ({ input: { flag, tenant, state, reason }, actor }) => {
    await saveFlag({ flag, forTenant: tenant.trim(), isOn: STATES[state] ?? null, reason, actor });
    return { saved: true };
  },
});
