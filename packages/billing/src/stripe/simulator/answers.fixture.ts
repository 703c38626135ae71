import type { IncomingMessage, ServerResponse } from 'node:http';
import { catalogRoutes } from './catalog.fixture.ts';
import { changeRoutes, configurationRoutes, findScheduled } from './changes.fixture.ts';
import { couponRoutes } from './coupons.fixture.ts';
import { serveHosted } from './hosted-pages.fixture.ts';
import { invoiceRoutes } from './invoices.fixture.ts';
import { refundRoutes } from './refunds.fixture.ts';
import { expand, idempotency, readForm } from './requests.fixture.ts';
import { sellingRoutes } from './selling.fixture.ts';
import {
  writeCustomer,
  writeInvoice,
  writeMethod,
  writePayment,
  writeSchedule,
  writeSubscription,
} from './shapes.fixture.ts';
import { type Answer, type Form, type Routes, refused, type StripeSimulator } from './state.fixture.ts';

/** All that the stand-in answers: each kind of thing in a file of its own. */
const ROUTES: readonly Routes[] = [
  sellingRoutes,
  invoiceRoutes,
  refundRoutes,
  changeRoutes,
  configurationRoutes,
  catalogRoutes,
  couponRoutes,
];

function resolveIn(stripe: StripeSimulator): (id: string) => object | undefined {
  const whole = <T>(found: T | undefined, write: (found: T) => object) =>
    found === undefined ? undefined : write(found);
  const kinds: Readonly<Record<string, (id: string) => object | undefined>> = {
    cus: (id) => whole(stripe.customers.get(id), writeCustomer),
    sub: (id) =>
      whole(stripe.subscriptions.get(id), (found) => writeSubscription(stripe, found)) ??
      whole(findScheduled(stripe, id), (found) => writeSchedule(found) ?? {}),
    pm: (id) => whole(stripe.customers.get(id.slice('pm_'.length)), writeMethod),
    in: (id) => whole(stripe.invoices.get(id), (found) => writeInvoice(stripe, found)),
    pi: (id) => whole(stripe.payments.get(id), writePayment),
  };
  return (id) => kinds[id.split('_')[0] ?? '']?.(id);
}

/** Answers the API's requests and those of browsers. */
export function answerRequests(stripe: StripeSimulator) {
  const routes = ROUTES.flatMap((of) => of(stripe));
  const resolve = resolveIn(stripe);
  const answerOnce = idempotency(stripe.now);

  function answer(method: string, url: URL, form: Form): Answer {
    for (const [wanted, pattern, handle] of routes) {
      const [, id = ''] = pattern.exec(url.pathname) ?? [];
      if (method === wanted && pattern.test(url.pathname)) return handle(form, id, url.searchParams);
    }
    return refused(404, `Unrecognized request URL (${method}: ${url.pathname})`);
  }

  function present(method: string, url: URL, form: Form): Answer {
    const asked = [...url.searchParams, ...Object.entries(form)].filter(([name]) =>
      name.startsWith('expand['),
    );
    return expand(
      answer(method, url, form),
      asked.map(([, path]) => path),
      resolve,
    );
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', stripe.url);
    const form = await readForm(request);
    if (!url.pathname.startsWith('/v1/')) return serveHosted(stripe, { method, url, form }, response);
    const send = ({ status, body }: Answer) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (stripe.failWith !== null) return send(refused(stripe.failWith, 'it is away'));
    if (request.headers.authorization !== `Bearer ${stripe.secretKey}`)
      return send(refused(401, 'Invalid API Key'));
    const work = () => {
      const answer = present(method, url, form);
      stripe.onExchange?.({ method, path: url.pathname, query: url.search, form, answer });
      return answer;
    };
    if (method === 'GET') return send(work());
    stripe.changes.push(`${method} ${url.pathname}`);
    const key = request.headers['idempotency-key'];
    const asked = JSON.stringify([method, url.pathname, Object.entries(form).sort()]);
    return send(answerOnce(typeof key === 'string' ? key : undefined, asked, work));
  };
}
