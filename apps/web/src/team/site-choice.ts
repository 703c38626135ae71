import { z } from 'zod';
import { texts } from '#access/form.ts';

/** The fields of a form that chooses the sites of a member: all, or those that are ticked. */
export const SITE_CHOICE = {
  access: z.enum(['all', 'some']),
  sites: texts(),
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
