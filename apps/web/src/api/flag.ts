import type { Flag } from '@footfall/core/flag';
import { services } from '#runtime/services.ts';
import type { Caller } from './caller.ts';
import { apiFailure } from './errors.ts';

/**
 * Lets through where a flag is on for the caller's tenant.
 * @throws Failure `forbidden`
 */
export async function requireFlag(flag: Flag, { tenant }: Pick<Caller, 'tenant'>): Promise<void> {
  if (await services().settings.isOn(flag, tenant.tenantId)) return;
  throw apiFailure('forbidden', 'whoever runs this installation has switched this off for the moment');
}
