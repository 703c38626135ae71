import { tenantRows } from '@footfall/db/tenant/transaction';
import type { Pool } from '@footfall/postgres/pool';
import {
  type AgreedChange,
  type Cancellation,
  type ChangeOutcome,
  cancelPlan,
  changePlan,
  type PlannedChange,
  previewChange,
  undoCancel,
  undoChange,
} from './change.ts';
import { type CheckoutOutcome, type CheckoutRequest, confirmCheckout, openCheckout } from './checkout.ts';
import type { ProviderCheckout, ProviderInvoice } from './gateway.ts';
import { noteEvent } from './inbox.ts';
import { requireCustomer } from './lock.ts';
import { type SyncOptions, settleTenant } from './sync.ts';

/** What the portal does about money. */
export type Billing = {
  /** See {@link openCheckout}. */
  openCheckout(request: CheckoutRequest): Promise<ProviderCheckout>;
  /** See {@link confirmCheckout}. */
  confirmCheckout(tenantId: string, checkoutId: string): Promise<CheckoutOutcome>;
  /** Reads what a tenant has paid for; see {@link settleTenant}. */
  settle(tenantId: string): Promise<void>;
  /** See {@link previewChange}. */
  previewChange(tenantId: string, priceId: string): Promise<PlannedChange>;
  /** See {@link changePlan}. */
  changePlan(agreed: AgreedChange): Promise<ChangeOutcome>;
  /** See {@link undoChange}. */
  undoChange(tenantId: string): Promise<void>;
  /** See {@link cancelPlan}. */
  cancelPlan(cancellation: Cancellation): Promise<void>;
  /** See {@link undoCancel}. */
  undoCancel(tenantId: string): Promise<void>;
  /** The newest invoices; none for whoever never paid. @throws Failure `provider_unavailable` */
  listInvoices(tenantId: string): Promise<ProviderInvoice[]>;
  /** The provider's page for invoices, cards and addresses. Throws Failure `no_customer` for whoever never paid. */
  openPortal(tenantId: string, returnUrl: string): Promise<{ url: string }>;
  /** Takes what the provider sends; throws Failure `invalid_signature`, `webhooks_off`. */
  receive(body: Buffer, signature: string): Promise<void>;
};

/** Billing on the portal's connections. */
export function openBilling(pool: Pool, options: SyncOptions): Billing {
  const { gateway } = options;
  const findCustomer = (tenantId: string) => requireCustomer(tenantRows(pool, tenantId), tenantId);
  return {
    openCheckout: (request) => openCheckout(pool, request, options),
    confirmCheckout: (tenantId, checkoutId) => confirmCheckout(pool, { tenantId, checkoutId }, options),
    settle: async (tenantId) => {
      await settleTenant(pool, tenantId, options);
    },
    previewChange: (tenantId, priceId) => previewChange(pool, { tenantId, priceId }, options),
    changePlan: (agreed) => changePlan(pool, agreed, options),
    undoChange: (tenantId) => undoChange(pool, tenantId, options),
    cancelPlan: (cancellation) => cancelPlan(pool, cancellation, options),
    undoCancel: (tenantId) => undoCancel(pool, tenantId, options),
    listInvoices: async (tenantId) => gateway.listInvoices(await findCustomer(tenantId)),
    openPortal: async (tenantId, returnUrl) => gateway.openPortal(await findCustomer(tenantId), returnUrl),
    receive: async (body, signature) => {
      await noteEvent(pool, gateway.verifyEvent(body, signature));
    },
  };
}
