/** How an address is written in a table: with `[id]` for any one part, and `[...rest]` at its end for any number. */
const isRest = (part: string) => part.startsWith('[...');

function matches(address: string, pathname: string): boolean {
  const wanted = address.split('/');
  const given = pathname.split('/');
  const rest = wanted.findIndex(isRest);
  if (rest === -1 ? wanted.length !== given.length : given.length <= rest) return false;
  return wanted.every((part, index) => {
    if (isRest(part)) return true;
    return part.startsWith('[') ? given[index] !== '' : part === given[index];
  });
}

const firstRest = (address: string) => {
  const parts = address.split('/');
  const at = parts.findIndex(isRest);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
};

/** The address of a table that a path belongs to; null where there is none. As in Next, what says more of the path wins. */
export function addressAt<Address extends string>(
  addresses: readonly Address[],
  pathname: string,
): Address | null {
  const exact = addresses.find((address) => address === pathname);
  if (exact !== undefined) return exact;
  const fitting = addresses.filter((address) => matches(address, pathname));
  return fitting.toSorted((a, b) => firstRest(b) - firstRest(a))[0] ?? null;
}
