'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { newChallenge } from '#access/passkey-challenge.ts';
import { listUsablePasskeys, requireParty } from '#access/passkeys.ts';
import { presentPasskey } from '#access/present-passkey.ts';
import { currentSecondStep, endSecondStep } from '#access/second-step.ts';
import { beginSession } from '#access/session.ts';
import { nextPath } from './next-path.ts';
import { signOptions } from './passkey.ts';

/** Asks this browser for a passkey of whoever is in front of it. The answer tells nothing of any account. */
export const askPasskey = publicFormAction('auth/passkey-actions.askPasskey', {
  schema: z.strictObject({}),
  secrets: [],
  run: async () => {
    const party = requireParty();
    const challenge = await newChallenge({ purpose: 'sign_in', userId: null });
    return { options: await signOptions({ party, challenge, needsUser: true }) };
  },
});

/** Signs in with a passkey alone: the device has made sure who holds it, so it is both factors. */
export const signInWithPasskey = publicFormAction('auth/passkey-actions.signInWithPasskey', {
  schema: z.strictObject({ response: text(), next: text().optional() }),
  secrets: ['response'],
  run: async ({ input: { response, next }, services, asker }): Promise<object> => {
    const asked = { purpose: 'sign_in', userId: null } as const;
    const user = await presentPasskey(response, { ...asked, needsUser: true }, { services, asker });
    await beginSession(user);
    redirect(nextPath(next));
  },
});

/** Asks for a passkey of whoever has said their password. */
export const askSecondPasskey = publicFormAction('auth/passkey-actions.askSecondPasskey', {
  schema: z.strictObject({}),
  secrets: [],
  run: async () => {
    const step = await currentSecondStep();
    if (step === null) redirect('/sign-in');
    const { user } = step;
    const [party, passkeys] = [requireParty(), await listUsablePasskeys(user)];
    const challenge = await newChallenge({ purpose: 'second_factor', userId: user.id });
    return { options: await signOptions({ party, challenge, passkeys, needsUser: false }) };
  },
});

/** The second step of signing in, by a passkey. Who took too long begins anew. */
export const signInWithSecondPasskey = publicFormAction('auth/passkey-actions.signInWithSecondPasskey', {
  schema: z.strictObject({ response: text() }),
  secrets: ['response'],
  run: async ({ input: { response }, services, asker }): Promise<object> => {
    const step = await currentSecondStep();
    if (step === null) redirect('/sign-in');
    const asked = { purpose: 'second_factor', userId: step.user.id } as const;
    const user = await presentPasskey(response, { ...asked, needsUser: false }, { services, asker });
    await endSecondStep();
    await beginSession(user, { voucher: step });
    redirect(nextPath(step.next));
  },
});
