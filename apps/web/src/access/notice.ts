import type { Notice } from '@footfall/db/runtime-settings';
import { services } from '#runtime/services.ts';

/** What the operator tells all merchants now; null: nothing. */
export function noticeToMerchants(): Promise<Notice | null> {
  const { settings, clock } = services();
  return settings.notice(clock.now());
}
