/** Carries the asker's address from the server (main.ts), which overwrites whatever came in it, to pages and handlers. */
export const CLIENT_HEADER = 'x-footfall-client';
