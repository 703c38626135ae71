import { newSecretToken } from '@footfall/db/account/secret-token';
import { useUpChallenge } from '@footfall/db/account/used-challenge';
import { cookies } from 'next/headers';
import {
  challengeCookie,
  openChallenge,
  type PasskeyChallenge,
  sealChallenge,
} from '#auth/passkey-challenge.ts';
import { services } from '#runtime/services.ts';

type Wanted = Omit<PasskeyChallenge, 'challenge'>;

/** Makes a challenge for this browser, which alone can answer it: a cookie has it, and nothing is stored until it is answered. */
export async function newChallenge(wanted: Wanted): Promise<string> {
  const { secret, webUrl } = services().config;
  const challenge = newSecretToken();
  const { name, options } = challengeCookie(webUrl);
  (await cookies()).set(name, await sealChallenge({ ...wanted, challenge }, secret), options);
  return challenge;
}

/** The challenge that this browser was asked for this, which is used up by it; null when there is none, or it was answered before. */
export async function takeChallenge({ purpose, userId }: Wanted): Promise<string | null> {
  const { config, database } = services();
  const { name, options } = challengeCookie(config.webUrl);
  const jar = await cookies();
  const asked = await openChallenge(jar.get(name)?.value, config.secret);
  if (asked === null || asked.purpose !== purpose || asked.userId !== userId) return null;
  jar.set(name, '', { ...options, maxAge: 0 });
  return (await useUpChallenge(database, asked)) ? asked.challenge : null;
}
