import type { ServerResponse } from 'node:http';
import { CARDS, type CardName, findCard } from './card.fixture.ts';
import { collect } from './invoices.fixture.ts';
import { findPrice, sumLines, writeCustomer } from './shapes.fixture.ts';
import {
  DAY_S,
  type Form,
  type SimulatedInvoice,
  type SimulatedSession,
  type StripeSimulator,
} from './state.fixture.ts';

/** What a browser asked of the stand-in's pages. */
export type PageRequest = { method: string; url: URL; form: Form };
/** A page, or where the browser goes. */
type Shown = { title: string; body: string; status?: number } | { to: string };
type Show = (stripe: StripeSimulator, id: string, request: PageRequest) => Shown;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string) => value.replaceAll(/[&<>"']/g, (found) => ESCAPES[found] ?? '');
const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);
const money = (minor: number, currency: string) => `${(minor / 100).toFixed(2)} ${currency.toUpperCase()}`;

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}label{display:block;margin:.75rem 0}input{display:block;font:inherit;width:100%;padding:.4rem;box-sizing:border-box}button{font:inherit;padding:.4rem 1rem;margin:.25rem .25rem .25rem 0}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .5rem .3rem 0}';

const frame = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(title)}</title><style>${STYLE}</style></head><body><main><p><strong>Stand-in for Stripe, for tests</strong></p><h1>${text(title)}</h1>${body}</main></body></html>`;

const GONE: Shown = { title: 'There is no such page', body: '', status: 404 };
const alert = (said: string | null) => (said === null ? '' : `<p role="alert">${text(said)}</p>`);
const button = (label: string, more = '') => `<button type="submit"${more}>${text(label)}</button>`;
const link = (to: string, label: string) => `<p><a href="${text(to)}">${text(label)}</a></p>`;

const CARD_LIST = `<p>Cards for tests:</p><ul>${Object.values(CARDS)
  .map(({ number, label }) => `<li><code>${number}</code>: ${label}</li>`)
  .join('')}</ul>`;

const cardField = `<label>Card number<input name="card" inputmode="numeric" autocomplete="off" required value="${CARDS.works.number}"></label>`;
const DECLINED = 'Your card was declined.';

const successUrl = ({ id, success_url }: SimulatedSession) =>
  success_url.replace('{CHECKOUT_SESSION_ID}', encodeURIComponent(id));

function checkoutPage(stripe: StripeSimulator, session: SimulatedSession, said: string | null): Shown {
  const price = findPrice(stripe, session.price);
  const plan = price.metadata.plan ?? price.id;
  const cost = `${money(price.unit_amount, price.currency)} per ${price.recurring.interval}`;
  const trial = session.trial_end === null ? '' : `<p>Free until ${day(session.trial_end)}</p>`;
  return {
    title: 'Subscribe',
    body: `${alert(said)}<p>${text(plan)}: ${cost}</p>${trial}<form method="post">${cardField}${button('Subscribe')}</form>${CARD_LIST}${link(session.cancel_url, 'Back without paying')}`,
  };
}

function paidOn(stripe: StripeSimulator, session: SimulatedSession, card: CardName): Shown {
  stripe.pay(session.id, card);
  return { to: successUrl(session) };
}

/** An open session, or what is shown in its place. */
function openSession(stripe: StripeSimulator, id: string): SimulatedSession | Shown {
  const session = stripe.sessions.get(id);
  if (session === undefined) return GONE;
  if (session.status === 'open') return session;
  if (session.status === 'complete')
    return { title: 'This was paid already', body: link(successUrl(session), 'Go back') };
  return { title: 'This page has expired', body: link(session.cancel_url, 'Go back') };
}

const checkout: Show = (stripe, id, { method, form }) => {
  const session = openSession(stripe, id);
  if (!('id' in session)) return session;
  if (method !== 'POST') return checkoutPage(stripe, session, null);
  const card = findCard(form.card ?? '');
  if (card === null) return checkoutPage(stripe, session, 'Your card number is invalid.');
  if (CARDS[card].asks) return { to: `/pay/${id}/authenticate?card=${CARDS[card].number}` };
  if (!CARDS[card].pays) return checkoutPage(stripe, session, DECLINED);
  return paidOn(stripe, session, card);
};

const authenticate: Show = (stripe, id, { method, form, url }) => {
  const session = openSession(stripe, id);
  if (!('id' in session)) return session;
  if (method !== 'POST')
    return {
      title: '3-D Secure',
      body: `<p>Your bank asks whether it is you.</p><form method="post">${button('Complete', ' name="answer" value="yes"')}${button('Fail', ' name="answer" value="no"')}</form>`,
    };
  if (form.answer !== 'yes')
    return checkoutPage(stripe, session, 'We are unable to authenticate your payment method.');
  return paidOn(stripe, session, findCard(url.searchParams.get('card') ?? '') ?? 'authenticates');
};

const pay = (stripe: StripeSimulator, invoice: SimulatedInvoice, card: CardName | null): boolean => {
  const customer = stripe.customers.get(invoice.customer);
  if (customer !== undefined && card !== null) customer.card = card;
  return collect(stripe, invoice, true);
};

const hostedInvoice: Show = (stripe, id, { method, form }) => {
  const invoice = stripe.invoices.get(id);
  if (invoice === undefined || invoice.status === 'draft') return GONE;
  let said: string | null = null;
  if (method === 'POST' && invoice.status === 'open')
    said = pay(stripe, invoice, findCard(form.card ?? '')) ? null : DECLINED;
  const lines = invoice.lines
    .map(
      ({ description, amount }) =>
        `<tr><td>${text(description)}</td><td>${money(amount, invoice.currency)}</td></tr>`,
    )
    .join('');
  const form_ =
    invoice.status === 'open' ? `<form method="post">${cardField}${button('Pay')}</form>${CARD_LIST}` : '';
  return {
    title: `Invoice ${invoice.number ?? ''}`,
    body: `${alert(said)}<p>${invoice.status}, ${money(sumLines(invoice), invoice.currency)}, ${day(invoice.created)}</p><table>${lines}</table>${form_}`,
  };
};

const portal: Show = (stripe, id, { method, form }) => {
  const session = stripe.portalSessions.get(id);
  const customer = stripe.customers.get(session?.customer ?? '');
  if (session === undefined || customer === undefined) return GONE;
  let said: string | null = null;
  if (method === 'POST') {
    const card = form.card === '' || form.card === undefined ? customer.card : findCard(form.card);
    if (form.card !== '' && card === null) said = 'Your card number is invalid.';
    Object.assign(customer, {
      card: card ?? customer.card,
      country: form.country || customer.country,
      vatId: form.vat || customer.vatId,
    });
    stripe.emit('customer.updated', writeCustomer(customer));
    said ??= 'Saved.';
  }
  const rows = [...stripe.invoices.values()]
    .filter((invoice) => invoice.customer === customer.id && invoice.status !== 'draft')
    .map(
      (invoice) =>
        `<tr><td><a href="/invoice/${invoice.id}">${invoice.number}</a></td><td>${day(invoice.created)}</td><td>${money(sumLines(invoice), invoice.currency)}</td><td>${invoice.status}</td></tr>`,
    );
  const card =
    customer.card === null
      ? 'No card yet'
      : `Card ending in ${CARDS[customer.card].number.slice(-4)}, which ${CARDS[customer.card].label}`;
  return {
    title: 'Your billing',
    body: `${alert(said)}<p>${card}</p><form method="post"><label>New card number<input name="card" inputmode="numeric" autocomplete="off"></label><label>Country<input name="country" maxlength="2" value="${text(customer.country ?? '')}"></label><label>VAT id<input name="vat" value="${text(customer.vatId ?? '')}"></label>${button('Save')}</form>${CARD_LIST}<h2>Invoices</h2><table>${rows.join('')}</table>${link(session.returnUrl, 'Back to the shop')}`,
  };
};

const MOST_DAYS = 400;

/** The clock, for a person who does not want to wait for a month. */
const clock: Show = (stripe, _, { method, form }) => {
  const days = Number(form.days);
  if (method === 'POST' && days > 0 && days <= MOST_DAYS) stripe.advance(stripe.now() + days * DAY_S);
  const told = stripe.events
    .slice(-20)
    .map(({ type, created }) => `<tr><td>${day(created)}</td><td>${text(type)}</td></tr>`);
  return {
    title: `It is ${day(stripe.now())} here`,
    body: `<form method="post"><label>Days to move on<input name="days" type="number" min="1" max="${MOST_DAYS}" value="31"></label>${button('Move on')}</form><h2>What was told last</h2><table>${told.join('')}</table>`,
  };
};

const PAGES: readonly [RegExp, Show][] = [
  [/^\/pay\/(\w+)$/, checkout],
  [/^\/pay\/(\w+)\/authenticate$/, authenticate],
  [/^\/invoice\/(\w+)$/, hostedInvoice],
  [/^\/portal\/(\w+)$/, portal],
  [/^\/clock$/, clock],
];

/** Answers a browser: Checkout, the bank's question, invoices, and the customer's own page. */
export function serveHosted(stripe: StripeSimulator, request: PageRequest, response: ServerResponse): void {
  let shown: Shown = GONE;
  for (const [pattern, show] of PAGES) {
    const [matched, id = ''] = pattern.exec(request.url.pathname) ?? [];
    if (matched !== undefined) shown = show(stripe, id, request);
  }
  if ('to' in shown) {
    response.writeHead(303, { location: shown.to }).end();
    return;
  }
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  response.writeHead(shown.status ?? 200, headers).end(frame(shown.title, shown.body));
}
