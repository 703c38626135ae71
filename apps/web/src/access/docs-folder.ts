import { services } from '#runtime/services.ts';

/** Where the documentation of this version is. */
export const docsFolder = (): string => services().docsFolder;
