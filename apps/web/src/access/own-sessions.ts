import type { ListedSession } from '@footfall/db/account/session';
import { headers } from 'next/headers';
import { services } from '#runtime/services.ts';
import type { Account } from './session.ts';

/** A session of the reader's, and which browser it was begun with: `Firefox, macOS`, or empty where that cannot be told. */
export type OwnSession = ListedSession & { browser: string };

/** Where somebody is signed in. */
export async function listOwnSessions({ user, session }: Account): Promise<OwnSession[]> {
  const { sessions, describeBrowser } = services();
  const listed = await sessions.list(user.id, session.id);
  return listed.map((one) => ({ ...one, browser: describeBrowser(one.userAgent ?? '') }));
}

/** Which browser this request is from; empty where that cannot be told. */
export async function describeOwnBrowser(): Promise<string> {
  return services().describeBrowser((await headers()).get('user-agent') ?? '');
}
