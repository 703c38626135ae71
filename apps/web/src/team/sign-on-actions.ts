'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text, tick } from '#access/form.ts';
import { checkIssuer, lookForRecord, sealingSecret } from '#access/sign-on.ts';
import { chosenSites, SITE_CHOICE } from './site-choice.ts';

/** How often a domain's record is looked for when somebody asks again and again, milliseconds. */
const EVERY_MS = 5_000;

/** Sets up the team's own provider, or changes it. It has to answer as one. */
export const saveSignOn = formAction('team/sign-on-actions.saveSignOn', {
  schema: z.strictObject({
    issuer: text(),
    clientId: text(),
    clientSecret: text(),
    role: text(),
    required: tick(),
    ...SITE_CHOICE,
  }),
  secrets: ['clientSecret'],
  run: async ({ input, member: { tenant, role: actorRole }, actor }) => {
    const { clientId, clientSecret, role, required: isRequired, ...choice } = input;
    const issuer = await checkIssuer(tenant.tenantId, input.issuer);
    const settings = { issuer, clientId, role, sites: chosenSites(choice), isRequired };
    await tenant.signOn.save({ settings, clientSecret, secret: sealingSecret(), actor, actorRole });
    return { saved: true };
  },
});

/** Ends the team's own provider; its members come by other ways. */
export const removeSignOn = formAction('team/sign-on-actions.removeSignOn', {
  schema: z.strictObject({}),
  run: async ({ member: { tenant }, actor }) => {
    await tenant.signOn.remove(actor);
    return {};
  },
});

/** Names a domain whose addresses the provider is to vouch for; its record proves it. */
export const addDomain = formAction('team/sign-on-actions.addDomain', {
  schema: z.strictObject({ domain: text() }),
  run: async ({ input: { domain }, member: { tenant }, actor }) => {
    await tenant.signOn.addDomain(domain, actor);
    return { added: domain };
  },
});

/** Looks now for the record of a domain. */
export const checkDomain = formAction('team/sign-on-actions.checkDomain', {
  schema: z.strictObject({ domain: text() }),
  run: async ({ input: { domain }, member: { tenant }, actor }) => {
    const { checkedAt, ...record } = await tenant.signOn.beginDomainCheck(domain, actor);
    if (checkedAt === null || Date.now() - checkedAt.getTime() > EVERY_MS)
      await tenant.signOn.recordDomainCheck(domain, await lookForRecord(record));
    return { checked: true };
  },
});

/** Takes a domain away: nobody with an address of it comes by the provider any more. */
export const removeDomain = formAction('team/sign-on-actions.removeDomain', {
  schema: z.strictObject({ domain: text() }),
  run: async ({ input: { domain }, member: { tenant }, actor }) => {
    await tenant.signOn.removeDomain(domain, actor);
    return {};
  },
});
