import { readFile } from 'node:fs/promises';
import type { Platform } from '@footfall/core/platform';

const FOLDER = new URL('../../../../docs/install/', import.meta.url);

/** The page of docs/install of a system, as Markdown. Not for pages and actions, which Next moves to another folder. */
export const readInstallSteps = (platform: Platform): Promise<string> =>
  readFile(new URL(`${platform}.md`, FOLDER), 'utf8');
