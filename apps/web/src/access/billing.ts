import type { Billing } from '@footfall/billing/billing';
import { beginTrial } from '@footfall/db/billing/trial';
import { type Actor, recordAudit } from '@footfall/db/tenant/audit';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { moneyFailure } from '#billing/errors.ts';
import { asFailure } from '#runtime/failure.ts';
import { services } from '#runtime/services.ts';
import { portalLink } from './portal-link.ts';
import type { Member } from './session.ts';

/** Who does something about their team's money. */
export type Payer = { member: Member; actor: Actor };

/** @throws Failure `payments_off` where no payment is taken */
function requireBilling(): Billing {
  const { billing } = services();
  if (billing !== null) return billing;
  throw moneyFailure('payments_off', 'no payment is taken here');
}

/** That the provider is away, or says no, in words for whoever pays; the log has its own. */
function tell(error: unknown): unknown {
  const failure = asFailure(error);
  if (failure?.code !== 'provider_unavailable' && failure?.code !== 'provider_refused') return error;
  services().log.warn({ err: error }, 'the payment provider did not do what a merchant has asked for');
  return failure.code === 'provider_unavailable'
    ? moneyFailure('payment_away', 'the payment provider does not answer: nothing was changed', {
        cause: error,
      })
    : moneyFailure('payment_refused', 'the payment provider has refused it: nothing was changed', {
        cause: error,
      });
}

type MoneyAct<T> = {
  action: string;
  work: (billing: Billing, tenantId: string) => Promise<T>;
  /** What the audit says of it. */
  describe?: (done: T) => Readonly<Record<string, unknown>>;
};

/** Does something at the payment provider, and tells the audit when it is done. */
async function carryOut<T>({ member, actor }: Payer, { action, work, describe }: MoneyAct<T>): Promise<T> {
  const { tenantId } = member.tenant;
  const billing = requireBilling();
  const done = await work(billing, tenantId).catch((error: unknown) => {
    throw tell(error);
  });
  const details = describe?.(done);
  const entry = { tenantId, actor, action, subject: tenantId, ...(details === undefined ? {} : { details }) };
  await tenantTransaction(services().database, tenantId, (transaction) => recordAudit(transaction, entry));
  return done;
}

/** Opens the page where a team pays for a price of ours; answers its address. */
export async function openCheckout(
  payer: Payer,
  { priceId, locale }: { priceId: string; locale: string },
): Promise<string> {
  const { tenantName, user } = payer.member;
  const { url } = await carryOut(payer, {
    action: 'billing.checkout',
    work: (billing, tenantId) =>
      billing.openCheckout({
        tenantId,
        tenantName,
        email: user.email,
        priceId,
        locale,
        successUrl: portalLink('/billing/return?session_id={CHECKOUT_SESSION_ID}'),
        cancelUrl: portalLink('/billing'),
      }),
    describe: () => ({ price: priceId }),
  });
  if (url === null) throw moneyFailure('payment_refused', 'the payment provider has opened no page');
  return url;
}

/** Opens the provider's page for cards, invoices and addresses. */
export async function openProviderPage(payer: Payer): Promise<string> {
  const { url } = await carryOut(payer, {
    action: 'billing.open_portal',
    work: (billing, tenantId) => billing.openPortal(tenantId, portalLink('/billing')),
  });
  return url;
}

/** Changes the plan as it was agreed to; answers where it is yet to be paid, if it is. */
export function changePlan(payer: Payer, agreed: { priceId: string; at: number; due: number }) {
  return carryOut(payer, {
    action: 'billing.change_plan',
    work: (billing, tenantId) => billing.changePlan({ tenantId, ...agreed }),
    describe: ({ time }) => ({ price: agreed.priceId, time, due: agreed.due }),
  });
}

/** What was scheduled is not done. */
export const undoChange = (payer: Payer): Promise<void> =>
  carryOut(payer, {
    action: 'billing.undo_change',
    work: (billing, tenantId) => billing.undoChange(tenantId),
  });

/** Ends the subscription when what was paid for is used up. */
export const cancelPlan = (
  payer: Payer,
  why: Omit<Parameters<Billing['cancelPlan']>[0], 'tenantId'>,
): Promise<void> =>
  carryOut(payer, {
    action: 'billing.cancel',
    work: (billing, tenantId) => billing.cancelPlan({ tenantId, ...why }),
    describe: () => ({ reason: why.reason }),
  });

/** The subscription goes on, though it was cancelled. */
export const undoCancel = (payer: Payer): Promise<void> =>
  carryOut(payer, {
    action: 'billing.undo_cancel',
    work: (billing, tenantId) => billing.undoCancel(tenantId),
  });

/** Begins the trial; the audit is told with it. @throws Failure `payments_off`, `trial_used`, `no_trial` */
export async function startTrial({ member, actor }: Payer): Promise<void> {
  requireBilling();
  const answer = await beginTrial(services().database, { tenantId: member.tenant.tenantId, actor });
  if (answer === 'used')
    throw moneyFailure('trial_used', 'this team, its owner or one of its shops has had a trial');
  if (answer === 'none') throw moneyFailure('no_trial', 'there is no plan to try');
}
