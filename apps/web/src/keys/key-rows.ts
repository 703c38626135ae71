import type { ListedApiKey } from '@footfall/db/tenant/api-key-store';
import { formatsIn } from '#format/formats.ts';
import { readerLocale, readerWords } from '#words/reader.ts';
import type { KeyRow } from './key-list.tsx';

const ZONE = 'UTC';

/** Writes what a list says of a key. */
export async function describeKeys(
  nameMember: (userId: string) => string,
): Promise<(key: ListedApiKey) => KeyRow> {
  const words = await readerWords('keys');
  const formats = formatsIn(await readerLocale());
  const now = Date.now();
  const day = (at: Date) => formats.dayAt(at, ZONE);
  return ({ id, hint, name, scopes, sites, userId, createdAt, expiresAt, lastUsedOn, previousUntil }) => ({
    id,
    hint,
    name,
    scopes,
    hasEnded: expiresAt !== null && expiresAt.getTime() <= now,
    facts: [
      sites === 'all' ? words('allSites') : words('siteCount', { count: sites.length }),
      ...(userId === null ? [] : [words('ofMember', { name: nameMember(userId) })]),
      words('made', { day: day(createdAt) }),
      lastUsedOn === null ? words('neverUsed') : words('lastUsed', { day: day(lastUsedOn) }),
      ...(expiresAt === null ? [] : [words('ends', { day: day(expiresAt) })]),
      ...(previousUntil === null || previousUntil.getTime() <= now
        ? []
        : [words('previousUntil', { moment: formats.momentAt(previousUntil, ZONE) })]),
    ],
  });
}
