import type { InvoiceState } from '@footfall/billing/gateway';
import { useFormats } from '#format/formats.ts';
import type { Invoices } from '#reports/billing.ts';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';

const TONES: Readonly<Record<InvoiceState, 'neutral' | 'good' | 'warning'>> = {
  open: 'warning',
  paid: 'good',
  void: 'neutral',
  uncollectible: 'warning',
  unknown: 'neutral',
};

/** The newest invoices, the newest first, with links to them at the provider. */
export function InvoiceList({ invoices }: { invoices: Invoices }) {
  const words = useWords('billing');
  const formats = useFormats();
  if (invoices === 'away') return <p role="status">{words('invoicesAway')}</p>;
  if (invoices.length === 0) return <p className="text-quiet">{words('noInvoices')}</p>;
  return (
    <ul className="divide-y divide-line">
      {invoices.map(({ id, number, createdAt, total, currency, state, url, pdfUrl }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <span className="grow wrap-anywhere">
            {formats.dayAt(createdAt, 'UTC')} <span className="text-quiet">{number ?? ''}</span>
          </span>
          <span className="tabular-nums">{formats.fullPrice(total, currency)}</span>
          <Badge tone={TONES[state]}>{words(`invoiceStates.${state}`)}</Badge>
          {url !== null && <TextLink href={url}>{words('showInvoice')}</TextLink>}
          {pdfUrl !== null && <TextLink href={pdfUrl}>{words('pdf')}</TextLink>}
        </li>
      ))}
    </ul>
  );
}
