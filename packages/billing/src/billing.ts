import { tenantRows } from '@footfall/db/tenant/transaction';
import type { Pool } from '@footfall/postgres/pool';
import { type CheckoutRequest, openCheckout } from './checkout.ts';
import { billingFailure } from './errors.ts';
import type { ProviderCheckout } from './gateway.ts';
import { noteEvent } from './inbox.ts';
import { type SyncOptions, settleTenant } from './sync.ts';

/** What the portal does about money. */
export type Billing = {
  /** See {@link openCheckout}. */
  openCheckout(request: CheckoutRequest): Promise<ProviderCheckout>;
  /** Reads what a tenant has paid for; see {@link settleTenant}. */
  settle(tenantId: string): Promise<void>;
  /** The provider's page for invoices, cards and addresses. Throws Failure `no_customer` for whoever never paid. */
  openPortal(tenantId: string, returnUrl: string): Promise<{ url: string }>;
  /** Takes what the provider sends; throws Failure `invalid_signature`, `webhooks_off`. */
  receive(body: Buffer, signature: string): Promise<void>;
};

/** Billing on the portal's connections. */
export function openBilling(pool: Pool, options: SyncOptions): Billing {
  const { gateway } = options;
  return {
    openCheckout: (request) => openCheckout(pool, request, options),
    settle: async (tenantId) => {
      await settleTenant(pool, tenantId, options);
    },
    openPortal: async (tenantId, returnUrl) => {
      const { rows } = await tenantRows(pool, tenantId).query<{ customerId: string | null }>(
        'SELECT customer_id AS "customerId" FROM billing_account WHERE tenant_id = $1',
        [tenantId],
      );
      const customerId = rows[0]?.customerId ?? null;
      if (customerId === null)
        throw billingFailure('no_customer', 'nothing was ever paid: there are no invoices');
      return gateway.openPortal(customerId, returnUrl);
    },
    receive: async (body, signature) => {
      await noteEvent(pool, gateway.verifyEvent(body, signature));
    },
  };
}
