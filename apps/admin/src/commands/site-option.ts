import type { OptionRow } from '../options.ts';

/** The site that a command is about. */
export const SITE: OptionRow = {
  meaning: 'id, key or domain of the site',
  required: true,
  example: 'kiln.example',
};
