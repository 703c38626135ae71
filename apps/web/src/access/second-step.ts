import { findUser, type User } from '@footfall/db/account/user';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { openSecondStep, type SecondStep, sealSecondStep, secondStepCookie } from '#auth/second-step.ts';
import { services } from '#runtime/services.ts';

/** Who has vouched for somebody in the first step. */
export type Voucher = Pick<SecondStep, 'onlyTenant' | 'provider'>;

const BY_THEMSELVES: Voucher = { onlyTenant: null, provider: null };

/** Sends somebody whose password was right to the second step; they have no session until it is done. */
export async function askSecondStep(
  user: User,
  next: string,
  { onlyTenant, provider }: Voucher = BY_THEMSELVES,
): Promise<never> {
  const { secret, webUrl } = services().config;
  const { name, options } = secondStepCookie(webUrl);
  const step = { userId: user.id, epoch: user.sessionEpoch, next, onlyTenant, provider };
  (await cookies()).set(name, await sealSecondStep(step, secret), options);
  redirect('/sign-in/second-factor');
}

/** Whose second step this browser is in, and where they go after it; null: nobody's. */
export async function currentSecondStep(): Promise<
  (Pick<SecondStep, 'next' | keyof Voucher> & { user: User }) | null
> {
  const { config, database } = services();
  const sealed = (await cookies()).get(secondStepCookie(config.webUrl).name)?.value;
  const step = await openSecondStep(sealed, config.secret);
  const user = step === null ? null : await findUser(database, step.userId);
  return step === null || user === null || user.sessionEpoch !== step.epoch
    ? null
    : { user, next: step.next, onlyTenant: step.onlyTenant, provider: step.provider };
}

/** Forgets the second step of this browser. */
export async function endSecondStep(): Promise<void> {
  const { name, options } = secondStepCookie(services().config.webUrl);
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
