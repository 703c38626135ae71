import { type Asker, provePassword } from '#auth/credentials.ts';
import type { Services } from '#runtime/services.ts';
import type { Account } from './session.ts';

/**
 * Has whoever is signed in prove by their password who they are; what needs a fresh proof is open to this session from here on.
 * @throws Failure `wrong_password` at the field `currentPassword`, `too_many_attempts`, `too_busy`
 */
export async function proveByPassword(
  { user, session }: Account,
  password: string,
  { services, asker }: { services: Services; asker: Asker },
): Promise<void> {
  await provePassword({ email: user.email, password }, asker, services);
  await services.sessions.prove(session.id);
}
