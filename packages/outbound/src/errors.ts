import { failures } from '@footfall/core/failure';

/** Why something outside was not asked, or did not answer. `status` is what an edge answers with whose caller named the address. */
export const outboundFailure = failures({
  invalid_url: {
    status: 400,
    retriable: false,
    remedy: 'give a whole address, such as https://shop.example/',
  },
  blocked_scheme: { status: 400, retriable: false, remedy: 'use https or http' },
  blocked_port: { status: 400, retriable: false, remedy: 'use port 443 or 80' },
  blocked_credentials: {
    status: 400,
    retriable: false,
    remedy: 'take user name and password out of the address',
  },
  blocked_address: {
    status: 400,
    retriable: false,
    remedy: 'use a host that the public internet can reach',
  },
  blocked_redirect: { status: 502, retriable: false, remedy: 'give the address that it leads to' },
  too_many_redirects: { status: 502, retriable: false, remedy: 'give the address that it leads to' },
  dns: { status: 502, retriable: true, remedy: 'check the name and its DNS records' },
  refused: { status: 502, retriable: true, remedy: 'check that its server is running' },
  unreachable: { status: 502, retriable: true, remedy: 'check that its server is running' },
  timeout: { status: 504, retriable: true },
  tls: { status: 502, retriable: true, remedy: 'renew its certificate, with the whole chain' },
  protocol: { status: 502, retriable: true, remedy: 'check that it answers by HTTP' },
  too_large: { status: 502, retriable: false, remedy: 'make the answer smaller' },
  status: { status: 502, retriable: true },
  busy: { status: 429, retriable: true, remedy: 'try again in a moment' },
});
