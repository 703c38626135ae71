import { hasPassword } from '@footfall/db/account/own-password';
import { services } from '#runtime/services.ts';
import type { Account } from './session.ts';

/** Whether whoever is signed in has a password: who never set one comes in by other ways. */
export const hasOwnPassword = ({ user }: Account): Promise<boolean> =>
  hasPassword(services().database, user.id);
