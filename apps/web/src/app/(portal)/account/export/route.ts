import { accountRoute } from '#api/account-route.ts';
import { exportAccount } from '#api/own-data.ts';

/** Everything that is held about whoever is signed in. */
export const GET = accountRoute('/account/export', exportAccount);
