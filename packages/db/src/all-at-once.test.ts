import { Failure } from '@footfall/core/failure';
import { describe, expect, it } from 'vitest';
import { newSecretToken } from './account/secret-token.ts';
import { changeNotice } from './staff/settings.ts';
import { apiKeyStore } from './tenant/api-key-store.ts';
import { funnelStore } from './tenant/funnel.ts';
import { goalStore } from './tenant/goal.ts';
import { createInvitedAccount, invitationStore } from './tenant/invitation.ts';
import { segmentStore } from './tenant/segment.ts';
import { siteStore } from './tenant/site.ts';
import { supportStore } from './tenant/support.ts';
import type { OfTenant } from './tenant/transaction.ts';
import { webhookStore } from './tenant/webhook.ts';

/** A tenant whose site has no goals; nothing here gets as far as writing. */
const scope: OfTenant = { tenantId: 'tenant_a', run: async () => [] as never };
const invitation = {
  $queryRaw: async () => [{ id: 'invitation_a', tenantId: 'tenant_a', email: 'a@kiln.example', siteIds: [] }],
} as never;

const ACTOR = 'user_a';
const of = { siteId: 'site_a', actor: ACTOR };
const LONG = 'x'.repeat(600);
const staff = { id: 'user_a', email: 'op@kiln.example', address: '' };
const turns = { run: <T>(work: () => Promise<T>) => work() };

type Form = { form: string; wrong: () => unknown; fields: string[] };

/** Each form of several fields, with something wrong in all of them that can be wrong. */
const FORMS: readonly Form[] = [
  {
    form: 'a new site',
    wrong: () => siteStore(scope).create({ domain: 'a b', timezone: '+2', currency: 'euro', actor: ACTOR }),
    fields: ['domain', 'timezone', 'currency'],
  },
  {
    form: 'details of a site',
    wrong: () => siteStore(scope).update('site_a', { timezone: '+2', currency: 'euro', actor: ACTOR }),
    fields: ['timezone', 'currency'],
  },
  {
    form: 'what is counted of a site',
    wrong: () =>
      siteStore(scope).update('site_a', {
        intake: {
          allowedOrigins: ['x y'],
          blockedIps: ['999.1.1.1'],
          blockedCountries: ['Germany'],
          blockedPages: ['account'],
          excludedHostnames: ['a b'],
          keptParams: ['a=b'],
        },
        actor: ACTOR,
      }),
    fields: [
      'allowedOrigins',
      'keptParams',
      'blockedIps',
      'blockedCountries',
      'blockedPages',
      'excludedHostnames',
    ],
  },
  {
    form: 'a goal',
    wrong: () => goalStore(scope).create({ ...of, name: '', page: 'thanks', props: { '': 'x' } }),
    fields: ['name', 'page', 'props'],
  },
  {
    form: 'a funnel',
    wrong: () => funnelStore(scope).create({ ...of, name: '', steps: [{ page: '/a' }] }),
    fields: ['name', 'steps'],
  },
  {
    form: 'a segment',
    wrong: () => segmentStore(scope).create({ ...of, name: LONG, filters: [] }),
    fields: ['name', 'filters'],
  },
  {
    form: 'an API key',
    wrong: () => apiKeyStore(scope).create({ name: LONG, scopes: [], expiresAt: 'yesterday', actor: ACTOR }),
    fields: ['name', 'scopes', 'expires'],
  },
  {
    form: 'a webhook',
    wrong: () =>
      webhookStore(scope).create({ url: 'ftp://a', events: [], installationSecret: 'x', actor: ACTOR }),
    fields: ['url', 'events'],
  },
  {
    form: 'an invitation',
    wrong: () =>
      invitationStore(scope).create({ email: 'a@', role: 'king', sites: 'all', actor: ACTOR } as never),
    fields: ['email', 'role'],
  },
  {
    form: 'an account by invitation',
    wrong: () => createInvitedAccount(invitation, newSecretToken(), { name: '', password: 'short', turns }),
    fields: ['name', 'password'],
  },
  {
    form: 'a visit of staff',
    wrong: () => supportStore(scope).begin({ staff, reason: 'x', minutes: 1_000 }),
    fields: ['reason', 'minutes'],
  },
  {
    form: 'a notice',
    wrong: () =>
      changeNotice({} as never, { notice: { en: '', de: LONG, until: 0 }, actor: staff, now: 1 } as never),
    fields: ['en', 'de', 'until'],
  },
];

describe('a form says all that is wrong with it at once:', () => {
  it.each(FORMS)('$form', async ({ wrong, fields }) => {
    // Some throw, some answer later.
    const error = await Promise.resolve()
      .then(wrong)
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof Failure)) throw error;
    expect([error, ...error.also].map(({ where }) => where)).toEqual(fields);
  });
});
