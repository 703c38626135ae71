import { classNames } from './class-names.ts';

/** A dot that says that something is happening now. */
export function LiveDot({ still = false }: { still?: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-block size-2 shrink-0 rounded-full',
        still ? 'bg-compare' : 'live-dot bg-better',
      )}
    />
  );
}
