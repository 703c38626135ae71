import { classNames } from './class-names.ts';

const STATES = {
  live: 'live-dot bg-better',
  waiting: 'live-dot bg-warning',
  still: 'bg-compare',
} as const;

/** A dot that says whether something is happening now. */
export function LiveDot({ state }: { state: keyof typeof STATES }) {
  return (
    <span aria-hidden className={classNames('inline-block size-2 shrink-0 rounded-full', STATES[state])} />
  );
}
