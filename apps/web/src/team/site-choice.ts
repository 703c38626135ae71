import { z } from 'zod';
import { text } from '#access/form.ts';

/** The fields of a form that chooses the sites of a member: all, or those that are ticked. */
export const SITE_CHOICE = {
  access: z.enum(['all', 'some']),
  sites: z
    .union([text().transform((one) => [one]), z.array(text()).max(1_000)])
    .optional()
    .transform((ids) => ids ?? []),
};

/** The sites that such a form means. */
export function chosenSites({
  access,
  sites,
}: {
  access: 'all' | 'some';
  sites: readonly string[];
}): 'all' | readonly string[] {
  return access === 'all' ? 'all' : sites;
}
