'use server';

import { clockInstant } from '@footfall/core/zone';
import { controlFailure } from '@footfall/db/errors';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

type Fields = { from: string; to: string };

/** What the clock of the shop showed. Throws Failure `invalid_span`. */
function readSpan({ from, to }: Fields, zone: string): { receivedFrom: Date; receivedTo: Date } {
  const read = (field: string, value: string) => {
    const at = clockInstant(zone, value.slice(0, 16));
    if (at !== null) return new Date(at);
    throw controlFailure('invalid_span', `${JSON.stringify(value)} is not a day and a time`, {
      where: field,
      values: { rule: 'form' },
    });
  };
  return { receivedFrom: read('receivedFrom', from), receivedTo: read('receivedTo', to) };
}

/** Asks for a look at what a sender has put into a site in a span of time. */
export const requestRemoval = formAction('settings/removal-actions.requestRemoval', {
  schema: z.strictObject({ site: text(), from: text(), to: text(), sender: text() }),
  run: async ({ input, member: { tenant }, actor }) => {
    const site = await tenant.sites.find(input.site);
    const span = readSpan(input, site?.timezone ?? 'Etc/UTC');
    const sender = input.sender === '' ? null : input.sender;
    await tenant.removals.request({ siteId: input.site, ...span, sender, actor });
    return {};
  },
});

/** Removes what was looked at, once the site's domain was typed. */
export const confirmRemoval = formAction('settings/removal-actions.confirmRemoval', {
  schema: z.strictObject({ site: text(), id: text(), domain: text() }),
  run: async ({ input: { site, id, domain }, member: { tenant }, actor }) => {
    await tenant.removals.confirm({ siteId: site, id, domain, actor });
    return {};
  },
});

/** Leaves everything as it is. */
export const cancelRemoval = formAction('settings/removal-actions.cancelRemoval', {
  schema: z.strictObject({ site: text(), id: text() }),
  run: async ({ input: { site, id }, member: { tenant }, actor }) => {
    await tenant.removals.cancel({ siteId: site, id, actor });
    return {};
  },
});
