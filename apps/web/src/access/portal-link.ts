import { services } from '#runtime/services.ts';

/** The address of a page of the portal, as it stands in mails and is copied. */
export const portalLink = (path: string): string => services().config.webUrl + path;
