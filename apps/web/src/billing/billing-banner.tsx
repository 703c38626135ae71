import type { BillingNotice } from '#access/billing-notice.ts';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';

/** Says over every page what is to be done about the plan, and who can do it. */
export function BillingBanner({ state, until, mayPay }: BillingNotice) {
  const words = useWords('billing');
  const formats = useFormats();
  return (
    <p role="status" className="border-b border-line bg-sunken px-4 py-2 text-center wrap-anywhere sm:px-6">
      {words(`banner.${state}`, { day: until === null ? '' : formats.dayAt(until, 'UTC') })}{' '}
      {mayPay ? <TextLink href="/billing">{words('banner.link')}</TextLink> : words('banner.askOwner')}
    </p>
  );
}
