import type { Cursor } from '@footfall/db/staff/page';
import { ButtonLink } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { listAddress } from './address.ts';

type Props = {
  path: string;
  params: Readonly<Record<string, string>>;
  /** Whether the list has begun before what is shown. */
  isOlder: boolean;
  next: Cursor | null;
};

/** The ways through a list that goes back in time: on, and to its beginning. */
export function OlderLink({ path, params, isOlder, next }: Props) {
  const words = useWords('staffLists');
  if (next === null && !isOlder) return null;
  return (
    <nav aria-label={words('pages')} className="flex flex-wrap gap-2 px-4 pt-3 pb-4 sm:px-5">
      {isOlder && <ButtonLink href={listAddress(path, params, null)}>{words('latest')}</ButtonLink>}
      {next !== null && <ButtonLink href={listAddress(path, params, next)}>{words('older')}</ButtonLink>}
    </nav>
  );
}
