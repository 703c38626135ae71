/** How the refusal of a form begins whose origin is not the portal's; the error page knows it by this. */
export const FOREIGN_ORIGIN = 'foreign_origin: ';

/** What a proxy must send, as nginx writes it. */
export const HOST_HEADER = 'proxy_set_header Host $host;';
