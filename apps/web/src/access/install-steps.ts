import type { Platform } from '@footfall/core/platform';
import { services } from '#runtime/services.ts';
import { readerLocale } from '#words/reader.ts';

/** The steps of docs/install for a system in the reader's language, as Markdown with placeholders. */
export const installSteps = async (platform: Platform): Promise<string> =>
  services().readInstallSteps(platform, await readerLocale());
