import { derivedKey, keyedHash } from '@footfall/core/keyed-hash';
import { seal } from '@footfall/db/sealed';
import { services } from '#runtime/services.ts';

const LETTERS = 12;

/** What tells one visitor from another in lists and audits: without the installation's secret nobody finds an id by trying all. */
export const hashVisitor = (siteId: string, visitor: string): string =>
  keyedHash(derivedKey(services().config.secret, 'visitor in audits'), [siteId, visitor], LETTERS);

/** A visitor's id as it waits for whoever removes what there is of it. */
export const sealVisitor = (siteId: string, visitor: string) => ({
  sealed: seal(visitor, 'visitor', services().config.secret),
  hash: hashVisitor(siteId, visitor),
});
