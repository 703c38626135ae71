import { sumLines, writeCharge, writeCreditNote, writeRefund } from './shapes.fixture.ts';
import { nextId, type Routes, refused, type StripeSimulator } from './state.fixture.ts';

/** Pays back what a payment took, or a part of it. */
function refund(stripe: StripeSimulator, intent: string, wanted: number | undefined) {
  const payment = stripe.payments.get(intent);
  if (payment === undefined) return refused(404, `No such payment_intent: '${intent}'`, 'resource_missing');
  const left = payment.amount - payment.refunded;
  if (left === 0) return refused(400, `Charge has already been refunded.`, 'charge_already_refunded');
  const amount = wanted ?? left;
  if (amount > left) return refused(400, 'Refund amount is greater than unrefunded amount on charge.');
  payment.refunded += amount;
  const made = { id: nextId('re'), payment_intent: intent, amount, created: stripe.now() };
  stripe.refunds.push(made);
  stripe.emit('charge.refunded', writeCharge(payment));
  return { status: 200, body: writeRefund(made, payment.currency) };
}

/** What is paid back, and credit notes. */
export const refundRoutes: Routes = (stripe) => [
  [
    'POST',
    /^\/v1\/refunds$/,
    ({ payment_intent: intent = '', amount }) =>
      refund(stripe, intent, amount === undefined ? undefined : Number(amount)),
  ],
  [
    'POST',
    /^\/v1\/credit_notes$/,
    (form) => {
      const invoice = stripe.invoices.get(form.invoice ?? '');
      if (invoice === undefined) return refused(400, `No such invoice: '${form.invoice}'`);
      const amount = Number(form.amount ?? form.refund_amount ?? sumLines(invoice));
      if (form.refund_amount !== undefined && invoice.payment !== null) {
        const back = refund(stripe, invoice.payment, Number(form.refund_amount));
        if (back.status !== 200) return back;
      }
      const note = { id: nextId('cn'), invoice: invoice.id, amount, created: stripe.now() };
      stripe.creditNotes.push(note);
      const body = writeCreditNote(note, invoice);
      stripe.emit('credit_note.created', body);
      return { status: 200, body };
    },
  ],
];
