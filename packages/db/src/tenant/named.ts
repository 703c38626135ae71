import type { LimitedThing } from '@footfall/core/tenant-limit';
import { MAX_NAME } from '@footfall/core/validate';
import { controlFailure } from '../errors.ts';
import { isTaken } from '../prisma.ts';
import { printable } from '../text.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireRoom } from './limit.ts';
import { requireSite } from './site.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** What goals, funnels and segments share: each is of one site, and its name is unique there. */

/** @throws Failure `invalid_name` */
export function validateName(text: string, thing: string): string {
  const name = printable(text, MAX_NAME);
  if (name !== null) return name;
  throw controlFailure('invalid_name', `a ${thing}'s name has 1 to ${MAX_NAME} printable characters`, {
    where: 'name',
    values: { most: MAX_NAME },
  });
}

const TAKEN = { goals: 'goal', funnels: 'funnel', segments: 'segment' } as const;

/** The things of a site that have a name. */
export type NamedThing = keyof typeof TAKEN & LimitedThing;

function nameTaken(thing: NamedThing, name: string) {
  const message = `the site has a ${TAKEN[thing]} ${JSON.stringify(name)} already`;
  const options = { where: 'name', values: { name } };
  return thing === 'goals'
    ? controlFailure('goal_name_taken', message, options)
    : controlFailure('name_taken', message, { ...options, values: { thing, name } });
}

/** Runs work that gives something of a site a name; one that is taken is said so. */
export async function naming<T>(thing: NamedThing, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isTaken(error) ? nameTaken(thing, name) : error;
  }
}

type Addition<T> = {
  thing: NamedThing;
  id: string;
  siteId: string;
  /** What it is, for the audit and for the row. */
  data: Readonly<{ name: string }> & Readonly<Record<string, unknown>>;
  actor: Actor;
  count: (transaction: Transaction) => Promise<number>;
  create: (transaction: Transaction) => Promise<T>;
};

/**
 * Adds something that has a name to a site of the tenant, with its audit entry.
 * @throws Failure `unknown_site`, `too_many`, and that the name is taken
 */
export function addNamed<T>({ tenantId, run }: OfTenant, addition: Addition<T>): Promise<T> {
  const { thing, id, siteId, data, actor, count, create } = addition;
  const work = () =>
    run(async (transaction) => {
      await requireSite(transaction, { tenantId, siteId });
      await requireRoom(transaction, { tenantId, thing, count: () => count(transaction) });
      const action = `${TAKEN[thing]}.create`;
      const details = { siteId, ...data };
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor, action, subject: id, details }),
      });
      return create(transaction);
    });
  return naming(thing, data.name, work);
}
