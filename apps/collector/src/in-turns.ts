import { beginTurn, ONCE } from '@footfall/timing/turn';
import type { Sender } from './identify.ts';

let requests = 0;

/** Whose work it is that a request costs: its tenant's with an API key, else its network's. Behind an address that many share each request is an owner of its own. */
export function turnOwner(sender: Sender, tenantId: string | undefined): string {
  if (sender.kind === 'server') return `tenant ${tenantId}`;
  if (sender.network !== undefined) return `network ${sender.network}`;
  requests += 1;
  return `${ONCE}${requests}`;
}

/** Maps all items, and lets other requests have their turn: a site's rules may take milliseconds an event, and a server sends 5,000. */
export async function mapInTurns<Item, Result>(
  items: Iterable<Item>,
  map: (item: Item) => Result,
  owner: string,
): Promise<Result[]> {
  const results: Result[] = [];
  const turn = beginTurn(owner);
  try {
    const iterator = items[Symbol.iterator]();
    for (;;) {
      // Asked before the item: a generator makes it then.
      if (turn.isOver()) await turn.next();
      const next = iterator.next();
      if (next.done === true) return results;
      results.push(map(next.value));
    }
  } finally {
    turn.end();
  }
}
