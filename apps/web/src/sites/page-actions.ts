'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { lookAtPage } from '#access/page-check.ts';

/** Looks at a page of the site and answers what keeps it from being counted. */
export const checkPage = formAction('sites/page-actions.checkPage', {
  schema: z.strictObject({ site: text(), page: text() }),
  run: async ({ input, member, actor }) => ({
    report: await lookAtPage(member, input, actor),
    values: { page: input.page },
  }),
});
