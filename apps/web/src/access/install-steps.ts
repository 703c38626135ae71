import type { Platform } from '@footfall/core/platform';
import { services } from '#runtime/services.ts';

/** The steps of docs/install for a system, as Markdown with placeholders. */
export const installSteps = (platform: Platform): Promise<string> => services().readInstallSteps(platform);
