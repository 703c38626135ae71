import { services } from '#runtime/services.ts';

/** The installation's secret, which seals what is kept and must be read again. */
export const installationSecret = (): string => services().config.secret;
